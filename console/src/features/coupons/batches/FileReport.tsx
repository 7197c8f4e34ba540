import { DownloadOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type CouponBatch, type CouponBatchFile, rejectsUrl } from "../../../api/couponBatches";
import { useMay } from "../../../api/session";
import { Card } from "../../../kit/Card";
import { useFormat } from "../../../kit/useFormat";
import styles from "./batches.module.css";

/** What a file of codes would bring, or has brought, and which of its rows were handed back. */
export function FileReport({ batch, file }: { batch: CouponBatch; file: CouponBatchFile }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const may = useMay();
  const reasons = file.reasons ?? [];
  return (
    <Card
      title={t(file.is_trial ? "couponBatches.report.would" : "couponBatches.report.did")}
      note={t("couponBatches.report.read", { rows: count(file.rows_read) })}
      extra={
        file.rejected > 0 &&
        may("coupons.issue") && (
          <Button icon={<DownloadOutlined />} href={rejectsUrl(batch.id)} download>
            {t("couponBatches.actions.rejects")}
          </Button>
        )
      }
    >
      <div className={styles.stack}>
        <dl className={styles.facts}>
          <div>
            <dt>{t(file.is_trial ? "couponBatches.report.good" : "couponBatches.report.taken")}</dt>
            <dd>{count(batch.made)}</dd>
          </div>
          <div>
            <dt>{t("couponBatches.report.rejected")}</dt>
            <dd>{count(file.rejected)}</dd>
          </div>
        </dl>
        {file.terms.length > 0 && (
          <div className={styles.tight}>
            <span className={styles.quiet}>{t("couponBatches.report.terms")}</span>
            <span className={styles.buttons}>
              {file.terms.map((one) => (
                <Tag key={one.text}>{`${one.text} × ${count(one.count)}`}</Tag>
              ))}
            </span>
          </div>
        )}
        {reasons.length === 0 ? (
          <span className={styles.quiet}>{t("couponBatches.report.none")}</span>
        ) : (
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason.code}>
                <span>{reason.text}</span>
                <span className="num">{count(reason.count)}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}
