import { Alert, Button, Drawer, Tag, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CouponDraw, type DrawEntry, useDrawEntries } from "../../../api/couponRush";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Fact, Facts } from "../../../kit/Facts";
import { useFormat } from "../../../kit/useFormat";
import { DrawState } from "./Draws";
import styles from "./rush.module.css";

interface Props {
  template: string;
  draw: CouponDraw;
  onClose: () => void;
}

/** One draw: what was promised, who has entered, what came of it, and how anybody can check it. */
export function DrawDrawer({ template, draw, onClose }: Props) {
  const { t } = useTranslation();
  const { moment, count } = useFormat();
  return (
    <Drawer open size={560} onClose={onClose} title={t("couponRush.draw.number", { round: draw.round })}>
      <div className={styles.stack}>
        <div className={styles.row}>
          <DrawState draw={draw} />
          <span className={styles.quiet}>
            {t("couponRush.draw.short", { entries: count(draw.entries), winners: count(draw.winners) })}
          </span>
        </div>
        <Facts>
          <Fact term={t("couponRush.draw.period")}>
            {`${moment(draw.opens_at)} – ${moment(draw.closes_at)}`}
          </Fact>
          <Fact term={t("couponRush.proof.promise")}>
            <Hash text={draw.seed_hash} />
          </Fact>
          <Fact term={t("couponRush.proof.seed")}>
            {draw.seed ? <Hash text={draw.seed} /> : t("couponRush.proof.later")}
          </Fact>
          {draw.entries_hash && (
            <Fact term={t("couponRush.proof.list")}>
              <Hash text={draw.entries_hash} />
            </Fact>
          )}
          {draw.drawn_at && <Fact term={t("couponRush.proof.drawnAt")}>{moment(draw.drawn_at)}</Fact>}
        </Facts>
        <Alert
          type="info"
          title={t(draw.seed ? "couponRush.proof.how" : "couponRush.proof.before")}
          description={draw.seed && <Hash text={`SHA-256("${"<seed>"}:${draw.round}:${"<number>"}")`} />}
        />
        <Entries template={template} draw={draw} />
      </div>
    </Drawer>
  );
}

function Hash({ text }: { text: string }) {
  return (
    <Typography.Text className={styles.hash} copyable>
      {text}
    </Typography.Text>
  );
}

function Entries({ template, draw }: { template: string; draw: CouponDraw }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  // Pages on the way here: the drawer is no address of its own, and forgets them when it closes.
  const [way, setWay] = useState<string[]>([""]);
  const entries = useDrawEntries(template, draw.round, way[way.length - 1] ?? "", 50);
  const next = entries.data?.next;
  const columns: Column<DrawEntry>[] = [
    {
      key: "place",
      title: t("couponRush.entry.place"),
      render: (one) => place(one),
      isNumber: true,
      width: 80,
    },
    { key: "number", title: t("couponRush.entry.number"), render: (one) => one.number },
    {
      key: "winner",
      title: "",
      render: (one) => one.is_winner && <Tag color="success">{t("couponRush.entry.winner")}</Tag>,
      width: 90,
    },
  ];
  const place = (one: DrawEntry) => (one.place === null ? "–" : count(one.place));
  return (
    <>
      <DataTable
        rows={entries.data?.items}
        columns={columns}
        rowKey={(one) => one.number}
        error={entries.error}
        onRetry={() => void entries.refetch()}
        isRefreshing={entries.isPlaceholderData}
        empty={<EmptyState title={t("couponRush.entry.empty")} hint={t("couponRush.entry.emptyHint")} />}
      />
      <div className={styles.row}>
        {way.length > 1 && <Button onClick={() => setWay(way.slice(0, -1))}>{t("kit.previousPage")}</Button>}
        {next && <Button onClick={() => setWay([...way, next])}>{t("kit.nextPage")}</Button>}
      </div>
    </>
  );
}
