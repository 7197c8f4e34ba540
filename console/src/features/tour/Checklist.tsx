import { CheckCircleFilled, CloseOutlined } from "@ant-design/icons";
import { App, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { useChecklist } from "../../api/checklist";
import type { ChecklistStep } from "../../api/contract";
import { useMay } from "../../api/session";
import type { TextKey } from "../../i18n/keys";
import { Card } from "../../kit/Card";
import { Go } from "../../kit/Go";
import styles from "./tour.module.css";
import { useFirstRun } from "./useFirstRun";

interface Way {
  to: string;
  label: TextKey;
  permission: string;
}

/** Where each step is taken. */
const ways: Record<ChecklistStep, readonly Way[]> = {
  import: [
    { to: "/settings/member-imports", label: "tour.list.importMembers", permission: "member_imports.write" },
    { to: "/settings/imports", label: "tour.list.importOrders", permission: "imports.write" },
  ],
  rule: [{ to: "/loyalty/rules", label: "tour.list.ruleAction", permission: "earning-rules.read" }],
  tiers: [{ to: "/loyalty/tiers", label: "tour.list.tiersAction", permission: "tiers.read" }],
  team: [{ to: "/settings/staff", label: "tour.list.teamAction", permission: "staff.read" }],
  till: [
    { to: "/settings/stores", label: "tour.list.tillStores", permission: "stores.read" },
    { to: "/till", label: "tour.list.tillOpen", permission: "orders.write" },
    { to: "/settings/api-keys", label: "tour.list.tillKeys", permission: "api_keys.read" },
  ],
  notice: [{ to: "/settings/consent", label: "tour.list.noticeAction", permission: "consents.read" }],
};

/** Fewer steps are no beginning of a shop: whoever may take only those has come to a shop that runs. */
const fewest = 3;

/** What a new shop does first; each step ticks itself. */
export function Checklist() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { isKnown, isListAway, putListAway } = useFirstRun();
  const isWanted = isKnown && !isListAway;
  const { data: list } = useChecklist(isWanted);
  if (!isWanted || !list || list.items.length < fewest) return null;
  const done = list.items.filter((item) => item.is_done).length;
  const dismiss = () => {
    putListAway();
    void message.info(t("tour.list.dismissed"));
  };
  return (
    <Card
      className={styles.list}
      title={t("tour.list.title")}
      note={t("tour.list.progress", { done, all: list.items.length })}
      extra={
        <Button type="text" icon={<CloseOutlined />} aria-label={t("tour.list.dismiss")} onClick={dismiss} />
      }
    >
      <Progress
        percent={Math.round((100 * done) / list.items.length)}
        showInfo={false}
        size="small"
        strokeColor="var(--success)"
        aria-label={t("tour.list.progress", { done, all: list.items.length })}
      />
      {list.is_demo && (
        <p className={styles.demo}>
          {t("tour.list.demo")} <Go to="/settings/system">{t("tour.list.own")}</Go>
        </p>
      )}
      {done === list.items.length && <p className={styles.demo}>{t("tour.list.allDone")}</p>}
      <ol className={styles.steps}>
        {list.items.map(({ key, is_done }, place) => (
          <li key={key} data-done={is_done} data-step={key}>
            <span
              className={styles.tick}
              role="img"
              aria-label={t(is_done ? "tour.list.done" : "tour.list.todo")}
            >
              {is_done ? <CheckCircleFilled /> : place + 1}
            </span>
            <div>
              <strong>{t(`tour.list.${key}Title`)}</strong>
              <p>{t(`tour.list.${key}Hint`)}</p>
              <Ways step={key} />
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Ways({ step }: { step: ChecklistStep }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <span className={styles.ways}>
      {ways[step]
        .filter(({ permission }) => may(permission))
        .map(({ to, label }) => (
          <Go key={to} to={to}>
            {t(label)}
          </Go>
        ))}
    </span>
  );
}
