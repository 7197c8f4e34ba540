import { PlusOutlined } from "@ant-design/icons";
import { Button, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMemberActivities } from "../../api/activities";
import type { ActivityKind, MemberActivity } from "../../api/contract";
import { useMay } from "../../api/session";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import type { MemberSectionProps } from "../members/sections";
import styles from "./activities.module.css";
import { CancelDialog } from "./CancelDialog";
import { Earned } from "./Earned";
import { kinds } from "./kinds";
import { RecordDialog } from "./RecordDialog";
import { useWhat } from "./useWhat";

/** What the member did other than buying, what it earned, and taking one back. */
export function MemberActivities({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const may = useMay();
  const what = useWhat();
  const [state, patch] = useUrlState({ activity: "" });
  const kind: ActivityKind | "" = kinds.find((one) => one === state.activity) ?? "";
  const activities = useMemberActivities(overview.member.id, kind);
  const [isRecording, setRecording] = useState(false);
  const [cancelling, setCancelling] = useState<MemberActivity | null>(null);
  const sourceOf = (one: MemberActivity) =>
    one.source === "shuke" || one.source === "console" ? t(`activities.source.${one.source}`) : one.source;
  const cancelButton = (one: MemberActivity) =>
    one.cancelled_at === null && may("activities.cancel") ? (
      <Button size="small" type="link" onClick={() => setCancelling(one)}>
        {t("activities.cancel")}
      </Button>
    ) : null;
  const columns: Column<MemberActivity>[] = [
    {
      key: "time",
      title: t("activities.column.time"),
      render: (one) => <span className="num">{moment(one.occurred_at)}</span>,
    },
    { key: "what", title: t("activities.column.what"), render: (one) => <What activity={one} /> },
    { key: "earned", title: t("activities.column.earned"), render: (one) => <Earned of={one} /> },
    { key: "source", title: t("activities.column.source"), render: sourceOf },
    { key: "cancel", title: "", render: cancelButton },
  ];
  const mayRecord = may("activities.write") && overview.member.status === "active";
  return (
    <>
      <div className={styles.top}>
        <Select
          className={styles.kind}
          value={kind}
          onChange={(next) => patch({ activity: next }, { isReplacing: true })}
          aria-label={t("activities.all")}
          options={[
            { value: "" as const, label: t("activities.all") },
            ...kinds.map((one) => ({ value: one, label: t(`activities.kind.${one}`) })),
          ]}
        />
        {mayRecord && (
          <Button icon={<PlusOutlined />} onClick={() => setRecording(true)}>
            {t("activities.record")}
          </Button>
        )}
      </div>
      <div className={styles.bleed}>
        <DataTable
          rows={activities.data?.pages.flatMap((page) => page.items)}
          columns={columns}
          rowKey={(one) => `${one.id}-${one.role ?? ""}`}
          error={activities.error}
          onRetry={() => void activities.refetch()}
          empty={
            <EmptyState
              title={t(kind ? "activities.emptyFiltered" : "activities.empty")}
              hint={t(kind ? "activities.emptyFilteredHint" : "activities.emptyHint")}
            />
          }
          card={(one) => (
            <div className={styles.card}>
              <span>
                <What activity={one} />
                <div className={styles.quiet}>
                  {moment(one.occurred_at)} · {sourceOf(one)}
                </div>
              </span>
              <span className={styles.cardEnd}>
                <Earned of={one} />
                {cancelButton(one)}
              </span>
            </div>
          )}
        />
        {activities.hasNextPage && (
          <div className={styles.more}>
            <Button loading={activities.isFetchingNextPage} onClick={() => void activities.fetchNextPage()}>
              {t("kit.more")}
            </Button>
          </div>
        )}
      </div>
      {isRecording && <RecordDialog member={overview.member} onClose={() => setRecording(false)} />}
      {cancelling && (
        <CancelDialog activity={cancelling} what={what(cancelling)} onClose={() => setCancelling(null)} />
      )}
    </>
  );
}

function What({ activity }: { activity: MemberActivity }) {
  const { t } = useTranslation();
  const what = useWhat();
  return (
    <span className={styles.what} data-cancelled={activity.cancelled_at !== null}>
      <span>{what(activity)}</span>
      {activity.role && <Tag>{t(`activities.role.${activity.role}`)}</Tag>}
      {activity.cancelled_at !== null && (
        <Tag
          title={
            activity.cancel_reason
              ? t("activities.cancelledBecause", { reason: activity.cancel_reason })
              : undefined
          }
        >
          {t("activities.cancelled")}
        </Tag>
      )}
    </span>
  );
}
