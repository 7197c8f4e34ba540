import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RuleDetail, useRuleDiff } from "../../api/rules";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import { Changes } from "./Changes";
import styles from "./rules.module.css";
import { StateMark } from "./StateMark";
import { isFromTheStart, useSince } from "./useSince";

interface Pair {
  before: string;
  after: string;
}

/** Every version, newest first, each against the one before. */
export function Versions({ rule }: { rule: RuleDetail }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const since = useSince();
  const [pair, setPair] = useState<Pair | null>(null);
  const newest = rule.versions[0];
  return (
    <Card
      title={t("rules.versions.title")}
      extra={
        rule.draft &&
        newest && (
          <Button size="small" onClick={() => setPair({ before: String(newest.version), after: "draft" })}>
            {t("rules.versions.draft", { version: newest.version })}
          </Button>
        )
      }
    >
      {rule.versions.length === 0 && <p className={styles.quiet}>{t("rules.versions.empty")}</p>}
      <ol className={styles.versions}>
        {rule.versions.map((one) => (
          <li key={one.version}>
            <div className={styles.line}>
              <b>{t("rules.version", { version: one.version })}</b>
              <StateMark state={one.state} />
            </div>
            <div>{one.summary}</div>
            <div className={styles.quiet}>
              {since(one)}
              {!isFromTheStart(one.published_at) && ` · ${moment(one.published_at)}`}
              {one.note && <div>{t("rules.versions.note", { note: one.note })}</div>}
            </div>
            {one.version > 1 && (
              <Button
                size="small"
                onClick={() => setPair({ before: String(one.version - 1), after: String(one.version) })}
              >
                {t("rules.versions.compare")}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {pair && <DiffDrawer code={rule.code} pair={pair} onClose={() => setPair(null)} />}
    </Card>
  );
}

function DiffDrawer({ code, pair, onClose }: { code: string; pair: Pair; onClose: () => void }) {
  const { t } = useTranslation();
  const diff = useRuleDiff(code, pair.before, pair.after, true);
  const title =
    pair.after === "draft"
      ? t("rules.versions.diffDraft", { before: pair.before })
      : t("rules.versions.diff", { ...pair });
  return (
    <Drawer open size={560} title={title} onClose={onClose}>
      <Loaded of={diff} rows={4} minHeight={160}>
        {({ changes }) =>
          changes.length === 0 ? <p>{t("rules.versions.same")}</p> : <Changes changes={changes} />
        }
      </Loaded>
    </Drawer>
  );
}
