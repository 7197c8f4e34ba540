import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import styles from "../rules.module.css";
import { ObjectFields } from "./ObjectFields";
import { type Node, startOf, type Values } from "./schema";

interface Props {
  node: Node;
  item: Node;
  pointer: string;
  value: Values[];
  onChange: (value: Values[]) => void;
}

/** A list of parts that are alike: steps, caps, budgets. */
export function ListField({ node, item, pointer, value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.items}>
      {value.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no name but their place
        <div key={place} className={styles.item}>
          <ObjectFields
            node={item}
            pointer={`${pointer}/${place}`}
            value={one}
            onChange={(next) => onChange(value.map((kept, number) => (number === place ? next : kept)))}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("rules.form.removeItem")}
            onClick={() => onChange(value.filter((_kept, number) => number !== place))}
          />
        </div>
      ))}
      {value.length < (node.maxItems ?? 20) && (
        <Button icon={<PlusOutlined />} onClick={() => onChange([...value, startOf(item)])}>
          {t("rules.form.addItem")}
        </Button>
      )}
    </div>
  );
}
