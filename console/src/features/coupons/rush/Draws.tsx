import { GiftOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CouponDraw, useDraws } from "../../../api/couponRush";
import type { CouponTemplateDetail } from "../../../api/coupons";
import { Card } from "../../../kit/Card";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import { DrawDialog } from "./DrawDialog";
import { DrawDrawer } from "./DrawDrawer";
import styles from "./rush.module.css";

const colours = { announced: "default", open: "processing", closed: "warning", drawn: "success" } as const;
const view = { draw: "" };

/** The draws of a template, the newest first. */
export function Draws({ template, mayArrange }: { template: CouponTemplateDetail; mayArrange: boolean }) {
  const { t } = useTranslation();
  const { moment, count } = useFormat();
  const [{ draw }, patch] = useUrlState(view);
  const [isArranging, setArranging] = useState(false);
  const draws = useDraws(template.code);
  const shown = draws.data?.items.find((one) => String(one.round) === draw);
  const period = (one: CouponDraw) => `${moment(one.opens_at)} – ${moment(one.closes_at)}`;
  const columns: Column<CouponDraw>[] = [
    { key: "round", title: t("couponRush.draw.round"), render: (one) => one.round, width: 80 },
    {
      key: "state",
      title: t("couponRush.draw.state"),
      render: (one) => <DrawState draw={one} />,
      width: 130,
    },
    { key: "period", title: t("couponRush.draw.period"), render: period },
    {
      key: "entries",
      title: t("couponRush.draw.entries"),
      render: (one) => count(one.entries),
      isNumber: true,
      width: 110,
    },
    {
      key: "winners",
      title: t("couponRush.draw.winners"),
      render: (one) => count(one.winners),
      isNumber: true,
      width: 110,
    },
    {
      key: "given",
      title: t("couponRush.draw.given"),
      render: (one) => count(one.given),
      isNumber: true,
      width: 110,
    },
  ];
  return (
    <Card
      title={t("couponRush.draws.title")}
      note={t("couponRush.draws.note")}
      isFlush
      extra={
        mayArrange && (
          <Button
            icon={<GiftOutlined />}
            disabled={template.state !== "published"}
            onClick={() => setArranging(true)}
          >
            {t("couponRush.draws.add")}
          </Button>
        )
      }
    >
      <DataTable
        rows={draws.data?.items}
        columns={columns}
        rowKey={(one) => one.round}
        error={draws.error}
        onRetry={() => void draws.refetch()}
        onOpen={(one) => patch({ draw: String(one.round) })}
        selected={shown?.round}
        empty={<EmptyState title={t("couponRush.draws.empty")} hint={t("couponRush.draws.emptyHint")} />}
        card={(one) => (
          <div className={styles.stack}>
            <div className={styles.row}>
              <b>{t("couponRush.draw.number", { round: one.round })}</b>
              <DrawState draw={one} />
            </div>
            <span className={styles.quiet}>{period(one)}</span>
            <span className={styles.quiet}>
              {t("couponRush.draw.short", { entries: count(one.entries), winners: count(one.winners) })}
            </span>
          </div>
        )}
      />
      {isArranging && <DrawDialog template={template} onClose={() => setArranging(false)} />}
      {shown && <DrawDrawer template={template.code} draw={shown} onClose={() => patch({ draw: "" })} />}
    </Card>
  );
}

export function DrawState({ draw }: { draw: CouponDraw }) {
  const { t } = useTranslation();
  return <Tag color={colours[draw.state]}>{t(`couponRush.draw.states.${draw.state}`)}</Tag>;
}
