import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type CouponBatch, isAtWork, useBatchStep, useCouponBatch } from "../../../api/couponBatches";
import { useMay } from "../../../api/session";
import { ExportButton } from "../../../kit/ExportButton";
import { Fact, Facts } from "../../../kit/Facts";
import { Loaded } from "../../../kit/Loaded";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { BatchState } from "./BatchState";
import styles from "./batches.module.css";
import { FileReport } from "./FileReport";
import { VoidBatchDialog } from "./VoidBatchDialog";

const fates = ["redeemed", "exchanged", "locked", "issued", "expired", "void"] as const;

/** One batch: how far it is, what became of its codes, and what can be done about it. */
export function BatchDetail({ id }: { id: number }) {
  const batch = useCouponBatch(id);
  return (
    <Loaded of={batch} rows={10} minHeight={420}>
      {(found) => <Inside batch={found} />}
    </Loaded>
  );
}

function Inside({ batch }: { batch: CouponBatch }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <div className={styles.stack}>
      <div className={styles.tight}>
        <h2>{batch.name}</h2>
        <BatchState batch={batch} />
        {isAtWork(batch) && <p className={styles.quiet}>{t("couponBatches.leave")}</p>}
      </div>
      {batch.problem && (
        <Alert type="error" showIcon title={batch.problem.title} description={batch.problem.detail} />
      )}
      {!batch.file?.is_trial && <Fates batch={batch} />}
      {batch.file && !isAtWork(batch) && <FileReport batch={batch} file={batch.file} />}
      {may("coupons.issue") && <Actions batch={batch} />}
      <About batch={batch} />
    </div>
  );
}

function Fates({ batch }: { batch: CouponBatch }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const all = Math.max(1, batch.made);
  return (
    <>
      <div className={styles.share} aria-hidden="true">
        {fates.map((fate) => (
          <span key={fate} data-fate={fate} style={{ width: `${(batch.counts[fate] / all) * 100}%` }} />
        ))}
      </div>
      <dl className={styles.facts}>
        {fates.map((fate) => (
          <div key={fate}>
            <dt>{t(`couponBatches.fate.${fate}`)}</dt>
            <dd>{count(batch.counts[fate])}</dd>
          </div>
        ))}
        {batch.counts.exchanged > 0 && (
          <div>
            <dt>{t("couponBatches.exchangedUsed")}</dt>
            <dd>{count(batch.counts.exchanged_redeemed)}</dd>
          </div>
        )}
      </dl>
    </>
  );
}

function Actions({ batch }: { batch: CouponBatch }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const step = useBatchStep(batch.id);
  const [isVoiding, setVoiding] = useState(false);
  const { state } = batch;
  return (
    <>
      <div className={styles.buttons}>
        {state === "checked" && batch.made > 0 && (
          <Button type="primary" loading={step.isPending} onClick={() => step.mutate("import")}>
            {t("couponBatches.actions.import", { codes: count(batch.made) })}
          </Button>
        )}
        {(state === "stopped" || state === "failed") && (
          <Button type="primary" loading={step.isPending} onClick={() => step.mutate("resume")}>
            {t("couponBatches.actions.resume")}
          </Button>
        )}
        {(state === "waiting" || state === "running") && (
          <Button loading={step.isPending} onClick={() => step.mutate("stop")}>
            {t("couponBatches.actions.stop")}
          </Button>
        )}
        {batch.made > 0 && !batch.file?.is_trial && !isAtWork(batch) && (
          <ExportButton list="coupon_codes" filters={{ batch: batch.id }} />
        )}
        {["done", "stopped", "failed"].includes(state) && batch.made > 0 && !batch.file?.is_trial && (
          <Button danger onClick={() => setVoiding(true)}>
            {t("couponBatches.actions.void")}
          </Button>
        )}
      </div>
      <Refusal error={step.error} />
      {isVoiding && <VoidBatchDialog batch={batch} onClose={() => setVoiding(false)} />}
    </>
  );
}

function About({ batch }: { batch: CouponBatch }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return (
    <Facts>
      {batch.prefix && <Fact term={t("couponBatches.facts.prefix")}>{batch.prefix}</Fact>}
      {batch.valid_from && <Fact term={t("couponBatches.facts.validFrom")}>{moment(batch.valid_from)}</Fact>}
      <Fact term={t("couponBatches.facts.expires")}>
        {batch.expires_at ? moment(batch.expires_at) : t("couponBatches.facts.never")}
      </Fact>
      {batch.file && <Fact term={t("couponBatches.facts.file")}>{batch.file.name}</Fact>}
      <Fact term={t("couponBatches.column.when")}>
        {[moment(batch.added_at), batch.asked_by_name].filter(Boolean).join(" · ")}
      </Fact>
    </Facts>
  );
}
