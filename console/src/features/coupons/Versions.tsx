import { useTranslation } from "react-i18next";
import { useCouponVersions } from "../../api/coupons";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import { Changed } from "./Changed";
import styles from "./coupons.module.css";
import { Sentences } from "./Sentences";
import type { CouponTabProps } from "./tabs";

/** Every version, newest first, each against the one before. */
export function Versions({ template }: CouponTabProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const versions = useCouponVersions(template.code);
  return (
    <Card title={t("coupons.versions.title")} note={t("coupons.versions.note")}>
      <Loaded of={versions} rows={6} minHeight={240}>
        {({ items, draft }) =>
          items.length === 0 && !draft ? (
            <p className={styles.quiet}>{t("coupons.versions.empty")}</p>
          ) : (
            <ol className={styles.versions}>
              {draft && (
                <li>
                  <b>{t("coupons.versions.waiting")}</b>
                  {items.length > 0 ? <Changed version={draft} /> : <Sentences of={draft.sentences} />}
                </li>
              )}
              {items.map((one) => (
                <li key={one.version}>
                  <div className={styles.line}>
                    <b>{t("coupons.page.version", { version: one.version })}</b>
                    <span className={styles.quiet}>
                      {t("coupons.versions.by", { at: moment(one.published_at) })}
                    </span>
                  </div>
                  {one.version > 1 && <Changed version={one} />}
                  <Sentences of={one.sentences} />
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </Card>
  );
}
