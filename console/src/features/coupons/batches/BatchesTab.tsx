import { BarcodeOutlined, ImportOutlined, PlusOutlined, SwapOutlined } from "@ant-design/icons";
import { Button, Drawer, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CouponBatch, useCouponBatches } from "../../../api/couponBatches";
import { useMay } from "../../../api/session";
import { Card } from "../../../kit/Card";
import { type Column, DataTable } from "../../../kit/DataTable";
import { EmptyState } from "../../../kit/EmptyState";
import { Keyset } from "../../../kit/Keyset";
import { keysetDefaults } from "../../../kit/keysetState";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import type { CouponTabProps } from "../tabs";
import { BatchDetail } from "./BatchDetail";
import { BatchState } from "./BatchState";
import styles from "./batches.module.css";
import { ExchangeDialog } from "./ExchangeDialog";
import { ImportDialog } from "./ImportDialog";
import { MakeDialog } from "./MakeDialog";

const view = { ...keysetDefaults, batch: "" };
type Open = "make" | "import" | "exchange" | null;

/** A template's printed and imported codes, and what became of them. */
export function BatchesTab({ template }: CouponTabProps) {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(view);
  const [open, setOpen] = useState<Open>(null);
  const batches = useCouponBatches(template.code, state.cursor);
  const close = () => setOpen(null);
  const show = (batch: CouponBatch) => patch({ batch: String(batch.id) });
  const started = (batch: CouponBatch) => {
    close();
    show(batch);
  };
  return (
    <div className={styles.stack}>
      <Actions isPublished={template.state === "published"} onOpen={setOpen} />
      <Card isFlush title={t("couponBatches.tab")} note={t("couponBatches.purpose")}>
        <DataTable
          rows={batches.data?.items}
          columns={useColumns()}
          rowKey={(batch) => batch.id}
          error={batches.error}
          onRetry={() => void batches.refetch()}
          isRefreshing={batches.isPlaceholderData}
          onOpen={show}
          selected={Number(state.batch)}
          empty={
            <EmptyState
              icon={<BarcodeOutlined />}
              title={t("couponBatches.empty.title")}
              hint={t("couponBatches.empty.hint")}
            />
          }
          card={(batch) => <BatchCard batch={batch} />}
          footer={<Keyset state={state} patch={patch} next={batches.data?.next ?? null} />}
        />
      </Card>
      <Drawer
        open={state.batch !== ""}
        onClose={() => patch({ batch: "" })}
        size={640}
        title={t("couponBatches.column.name")}
        destroyOnHidden
      >
        {state.batch && <BatchDetail key={state.batch} id={Number(state.batch)} />}
      </Drawer>
      {open === "make" && <MakeDialog template={template.code} onMade={started} onClose={close} />}
      {open === "import" && <ImportDialog template={template.code} onTried={started} onClose={close} />}
      {open === "exchange" && <ExchangeDialog onClose={close} />}
    </div>
  );
}

function Actions({ isPublished, onOpen }: { isPublished: boolean; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  if (!may("coupons.issue")) return null;
  const hint = isPublished ? undefined : t("couponBatches.needsPublished");
  return (
    <div className={styles.actions}>
      <Button icon={<SwapOutlined />} onClick={() => onOpen("exchange")}>
        {t("couponBatches.exchange")}
      </Button>
      <Tooltip title={hint}>
        <Button icon={<ImportOutlined />} disabled={!isPublished} onClick={() => onOpen("import")}>
          {t("couponBatches.bring")}
        </Button>
      </Tooltip>
      <Tooltip title={hint}>
        <Button type="primary" icon={<PlusOutlined />} disabled={!isPublished} onClick={() => onOpen("make")}>
          {t("couponBatches.make")}
        </Button>
      </Tooltip>
    </div>
  );
}

function used(batch: CouponBatch): number {
  return batch.counts.redeemed + batch.counts.exchanged_redeemed;
}

function useColumns(): Column<CouponBatch>[] {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  return [
    {
      key: "name",
      title: t("couponBatches.column.name"),
      render: (batch) => (
        <div className={styles.tight}>
          <span>{batch.name}</span>
          <span className={styles.quiet}>{t(`couponBatches.kind.${batch.kind}`)}</span>
        </div>
      ),
    },
    {
      key: "state",
      title: t("couponBatches.column.state"),
      render: (batch) => <BatchState batch={batch} />,
      width: 220,
    },
    {
      key: "codes",
      title: t("couponBatches.column.codes"),
      isNumber: true,
      render: (batch) => (batch.file?.is_trial ? t("kit.none") : count(batch.made)),
    },
    {
      key: "used",
      title: t("couponBatches.column.used"),
      isNumber: true,
      render: (batch) => count(used(batch)),
    },
    {
      key: "when",
      title: t("couponBatches.column.when"),
      isNumber: true,
      render: (batch) => moment(batch.added_at),
      width: 170,
    },
  ];
}

function BatchCard({ batch }: { batch: CouponBatch }) {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  return (
    <div className={styles.tight}>
      <b>{batch.name}</b>
      <BatchState batch={batch} />
      <span className={styles.line}>
        <span className={styles.quiet}>{moment(batch.added_at)}</span>
        <span className="num">
          {`${t("couponBatches.column.used")} ${count(used(batch))} / ${count(batch.made)}`}
        </span>
      </span>
    </div>
  );
}
