import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { RoleView } from "../../api/contract";
import { usePermissionGroups } from "../../api/staff";
import { useFormat } from "../../kit/useFormat";
import styles from "./staff.module.css";

/** What somebody sees: whose records, which fields of a generated member, and what may be done. */
export function ViewPreview({ view }: { view: RoleView }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const groups = usePermissionGroups();
  const held = new Set(view.permissions);
  return (
    <>
      <Alert type={view.scope === "nothing" ? "warning" : "info"} showIcon title={view.scope_told} />
      <h3>{t("staff.view.sample")}</h3>
      <dl className={styles.sample}>
        {view.fields.map((one) => (
          <Line
            key={one.field}
            term={t(`staff.field.${one.field}`)}
            value={one.sample ?? t("staff.view.hidden")}
            isQuiet={one.sample === null}
          />
        ))}
      </dl>
      <h3>{t("staff.view.may")}</h3>
      {view.permissions.length === 0 && <p className={styles.quiet}>{t("staff.view.nothing")}</p>}
      <ul className={styles.list}>
        {groups.data
          ?.flatMap((group) => group.permissions)
          .filter((one) => held.has(one.code))
          .map((one) => (
            <li key={one.code}>{name({ zh: one.name_zh, en: one.name_en })}</li>
          ))}
      </ul>
    </>
  );
}

function Line({ term, value, isQuiet }: { term: string; value: string; isQuiet: boolean }) {
  return (
    <>
      <dt>{term}</dt>
      <dd className={isQuiet ? styles.quiet : undefined}>{value}</dd>
    </>
  );
}
