import { Button, Popconfirm, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponGift, isAtWork, useCancelGift, useCouponGifts } from "../../../api/couponIssue";
import { useMay } from "../../../api/session";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Keyset } from "../../../kit/Keyset";
import { keysetDefaults } from "../../../kit/keysetState";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import styles from "./issue.module.css";
import { isKnownWhy } from "./whys";

const colours = {
  approval: "warning",
  waiting: "processing",
  running: "processing",
  done: "success",
  failed: "error",
  cancelled: "default",
} as const;
const view = keysetDefaults;

/** What was given to many, the newest first, and how far what is at work has come. */
export function Gifts({ template }: { template: string }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const [state, patch] = useUrlState(view);
  const gifts = useCouponGifts(template, state.cursor);
  const columns: Column<CouponGift>[] = [
    { key: "who", title: t("couponIssue.gifts.who"), render: (one) => <Who gift={one} /> },
    { key: "state", title: t("couponIssue.gifts.state"), render: (one) => <Way gift={one} />, width: 220 },
    {
      key: "asked",
      title: t("couponIssue.gifts.asked"),
      render: (one) => (
        <>
          {moment(one.asked_at)}
          <div className={styles.quiet}>{one.asked_by_name}</div>
        </>
      ),
      width: 190,
    },
    { key: "act", title: "", render: (one) => <Cancel gift={one} />, width: 90 },
  ];
  return (
    <DataTable
      rows={gifts.data?.items}
      columns={columns}
      rowKey={(one) => one.id}
      error={gifts.error}
      onRetry={() => void gifts.refetch()}
      isRefreshing={gifts.isPlaceholderData}
      empty={<EmptyState title={t("couponIssue.gifts.empty")} hint={t("couponIssue.gifts.emptyHint")} />}
      card={(one) => (
        <div className={styles.stack}>
          <Who gift={one} />
          <Way gift={one} />
          <div className={styles.row}>
            <span className={styles.quiet}>
              {[moment(one.asked_at), one.asked_by_name].filter(Boolean).join(" · ")}
            </span>
            <Cancel gift={one} />
          </div>
        </div>
      )}
      footer={<Keyset state={state} patch={patch} next={gifts.data?.next ?? null} />}
    />
  );
}

function Who({ gift }: { gift: CouponGift }) {
  const { t } = useTranslation();
  return (
    <div className={styles.who}>
      {gift.sentence ?? t("couponIssue.gifts.list")}
      <div className={styles.quiet}>{gift.reason}</div>
    </div>
  );
}

function Way({ gift }: { gift: CouponGift }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const refused = Object.entries(gift.refused).filter(([, many]) => many > 0);
  const done = gift.given + refused.reduce((sum, [, many]) => sum + many, 0);
  const percent = gift.members > 0 ? Math.min(100, Math.round((done / gift.members) * 100)) : 0;
  return (
    <div className={styles.progress}>
      <div className={styles.row}>
        <Tag color={colours[gift.state]}>{t(`couponIssue.gifts.states.${gift.state}`)}</Tag>
        <span className="num">
          {t("couponIssue.gifts.given", { given: count(gift.given), members: count(gift.members) })}
        </span>
      </div>
      {isAtWork(gift) && (
        <Progress
          percent={percent}
          size="small"
          status="active"
          aria-label={t(`couponIssue.gifts.states.${gift.state}`)}
        />
      )}
      {refused.map(([why, many]) => (
        <div key={why} className={styles.quiet}>
          {t(`couponIssue.why.${isKnownWhy(why) ? why : "other"}`)} {count(many)}
        </div>
      ))}
    </div>
  );
}

function Cancel({ gift }: { gift: CouponGift }) {
  const { t } = useTranslation();
  const may = useMay();
  const cancel = useCancelGift();
  if (!may("coupons.issue") || !(isAtWork(gift) || gift.state === "approval")) return null;
  return (
    <Popconfirm
      title={t("couponIssue.gifts.cancelAsk")}
      description={t("couponIssue.gifts.cancelHint")}
      okText={t("couponIssue.gifts.cancel")}
      cancelText={t("couponIssue.gifts.goOn")}
      onConfirm={() => cancel.mutate(gift.id)}
    >
      <Button size="small" loading={cancel.isPending}>
        {t("couponIssue.gifts.cancel")}
      </Button>
    </Popconfirm>
  );
}
