import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useChooseKind, useNoticeKinds } from "../../api/notices";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import styles from "./notices.module.css";

/** Which kinds of notices somebody wants. */
export function Choices() {
  const { t } = useTranslation();
  const kinds = useNoticeKinds();
  const choose = useChooseKind();
  return (
    <Card title={t("notices.choices.title")} note={t("notices.choices.note")}>
      <Refusal error={choose.error} />
      <Loaded of={kinds} rows={8}>
        {({ items }) => (
          <ul className={styles.choices}>
            {items.map((kind) => (
              <li key={kind.code} className={styles.choice}>
                <label htmlFor={`kind-${kind.code}`}>{kind.label}</label>
                <Switch
                  id={`kind-${kind.code}`}
                  size="small"
                  checked={kind.is_on}
                  loading={choose.isPending && choose.variables.code === kind.code}
                  onChange={(isOn) => choose.mutate({ code: kind.code, isOn })}
                />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}
