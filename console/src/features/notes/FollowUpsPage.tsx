import { CheckCircleOutlined } from "@ant-design/icons";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type FollowUp, type FollowUpDue, useFollowUps } from "../../api/notes";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Keyset } from "../../kit/Keyset";
import { keysetDefaults } from "../../kit/keysetState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useUrlState } from "../../kit/useUrlState";
import { FollowUpDialog } from "./FollowUpDialog";
import { FollowUpItem } from "./FollowUpItem";
import styles from "./notes.module.css";

const defaults = { whose: "mine", show: "open", ...keysetDefaults };
const dues: readonly FollowUpDue[] = ["overdue", "today", "later"];
const shows = ["open", ...dues, "done"] as const;

/** What the signed-in person, or everybody, is to do for members. */
export function FollowUpsPage() {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(defaults);
  const [changing, setChanging] = useState<FollowUp | null>(null);
  const show = shows.find((one) => one === state.show) ?? "open";
  const whose = state.whose === "all" ? "all" : "mine";
  const followUps = useFollowUps({
    whose,
    due: dues.find((one) => one === show),
    state: show === "done" ? "done" : "open",
    limit: Number(state.limit) || 50,
    cursor: state.cursor || undefined,
  });
  const counts = followUps.data?.counts;
  const countOf = (one: (typeof shows)[number]) => {
    if (!counts || one === "done") return null;
    return one === "open" ? counts.overdue + counts.today + counts.later : counts[one];
  };
  return (
    <Page title={t("notes.page.title")} purpose={t("notes.page.purpose")}>
      <Card isFlush>
        <div className={styles.filters}>
          <Segmented
            aria-label={t("notes.page.whoseLabel")}
            value={whose}
            onChange={(next) => patch({ whose: next, cursor: "" })}
            options={(["mine", "all"] as const).map((value) => ({
              value,
              label: t(`notes.page.whose.${value}`),
            }))}
          />
          <Segmented
            aria-label={t("notes.stateLabel")}
            value={show}
            onChange={(next) => patch({ show: next, cursor: "" })}
            options={shows.map((value) => {
              const count = countOf(value);
              const label = t(`notes.page.show.${value}`);
              return { value, label: count ? `${label} ${count}` : label };
            })}
          />
        </div>
        <Loaded of={followUps} rows={8} minHeight={320}>
          {(data) =>
            data.items.length === 0 ? (
              <EmptyState
                icon={<CheckCircleOutlined />}
                title={t("notes.page.empty")}
                hint={t("notes.page.emptyHint")}
              />
            ) : (
              <ul className={`${styles.list} ${styles.padded}`}>
                {data.items.map((one) => (
                  <FollowUpItem key={one.id} one={one} hasName onChange={() => setChanging(one)} />
                ))}
              </ul>
            )
          }
        </Loaded>
        <Keyset state={state} patch={patch} next={followUps.data?.next ?? null} />
      </Card>
      {changing && (
        <FollowUpDialog member={changing.member_id} known={changing} onClose={() => setChanging(null)} />
      )}
    </Page>
  );
}
