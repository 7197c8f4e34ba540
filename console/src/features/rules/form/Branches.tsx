import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Select } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../../kit/useFormat";
import styles from "../rules.module.css";
import { useDrawing } from "./context";
import { ObjectFields } from "./ObjectFields";
import { type Node, startOf, type Values } from "./schema";

interface Props {
  value: Values[];
  onChange: (value: Values[]) => void;
}

/** The cases of a rule: a condition, and what is given under it. */
export function Branches({ value, onChange }: Props) {
  const { t } = useTranslation();
  const change = (place: number, next: Values) =>
    onChange(value.map((kept, number) => (number === place ? next : kept)));
  return (
    <>
      {value.length > 1 && <p className={styles.quiet}>{t("rules.form.branchHelp")}</p>}
      {value.map((branch, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cases have no name but their place
        <section key={place} className={styles.branch}>
          {value.length > 1 && (
            <header className={styles.branchHead}>
              <b>{t("rules.form.branch", { number: place + 1 })}</b>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={t("rules.form.removeBranch", { number: place + 1 })}
                onClick={() => onChange(value.filter((_kept, number) => number !== place))}
              />
            </header>
          )}
          <Branch place={place} value={branch} onChange={(next) => change(place, next)} />
        </section>
      ))}
      <Button
        icon={<PlusOutlined />}
        onClick={() => onChange([...value, { effects: [{ kind: "fixed", currency: "points", points: 10 }] }])}
      >
        {t("rules.form.addBranch")}
      </Button>
    </>
  );
}

function Branch({
  place,
  value,
  onChange,
}: {
  place: number;
  value: Values;
  onChange: (value: Values) => void;
}) {
  const { t } = useTranslation();
  const { defs } = useDrawing();
  const pointer = `/branches/${place}`;
  const effects = (value.effects ?? []) as Values[];
  const write = (next: Values[]) => onChange({ ...value, effects: next });
  return (
    <>
      <ObjectFields
        node={defs.Branch ?? {}}
        pointer={pointer}
        value={value}
        onChange={onChange}
        only={["when"]}
      />
      {effects.map((effect, number) => (
        <Effect
          // biome-ignore lint/suspicious/noArrayIndexKey: effects have no name but their place
          key={number}
          pointer={`${pointer}/effects/${number}`}
          value={effect}
          onChange={(next) => write(effects.map((kept, one) => (one === number ? next : kept)))}
          onRemove={
            effects.length > 1 ? () => write(effects.filter((_kept, one) => one !== number)) : undefined
          }
        />
      ))}
      <Button
        type="dashed"
        size="small"
        icon={<PlusOutlined />}
        onClick={() => write([...effects, { kind: "fixed", currency: "points", points: 10 }])}
      >
        {t("rules.form.addEffect")}
      </Button>
    </>
  );
}

interface EffectProps {
  pointer: string;
  value: Values;
  onChange: (value: Values) => void;
  onRemove: (() => void) | undefined;
}

function Effect({ pointer, value, onChange, onRemove }: EffectProps) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { schema, problems } = useDrawing();
  const kind = schema.kinds.find((one) => one.kind === value.kind);
  const wrong = problems.find(
    (problem) => problem.pointer === pointer || problem.pointer === `${pointer}/kind`,
  );
  const choose = (code: string) => {
    const next = schema.kinds.find((one) => one.kind === code);
    const { currency } = value;
    onChange({ ...startOf((next?.definition ?? {}) as Node), ...(currency ? { currency } : {}), kind: code });
  };
  return (
    <div className={styles.effect}>
      <div className={styles.effectHead}>
        <Form.Item
          label={t("rules.form.kind")}
          htmlFor={`${pointer}/kind`}
          validateStatus={wrong ? "error" : undefined}
          help={wrong?.detail}
          className={styles.grow}
        >
          <Select
            id={`${pointer}/kind`}
            value={value.kind as string}
            onChange={choose}
            options={schema.kinds.map((one) => ({ value: one.kind, label: name(one.name) }))}
          />
        </Form.Item>
        {onRemove && (
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t("rules.form.removeItem")}
            onClick={onRemove}
          />
        )}
      </div>
      {kind && (
        <ObjectFields node={kind.definition as Node} pointer={pointer} value={value} onChange={onChange} />
      )}
    </div>
  );
}
