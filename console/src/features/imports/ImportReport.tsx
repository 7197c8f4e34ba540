import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Import, RefundLines, ImportReport as Report } from "../../api/contract";
import { rejectsUrl, returnsFileUrl } from "../../api/imports";
import { Card } from "../../kit/Card";
import { DataTable } from "../../kit/DataTable";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import styles from "./imports.module.css";

const hows: readonly (keyof RefundLines)[] = ["same_price", "same_product", "named", "unmatched", "guest"];

export function ImportReport({ job, report }: { job: Import; report: Report }) {
  const { t } = useTranslation();
  const { count, money, wait } = useFormat();
  const go = useGo();
  const matched =
    report.refund_lines.same_price + report.refund_lines.same_product + report.refund_lines.named;
  const most = Math.max(1, ...hows.map((how) => report.refund_lines[how]));
  return (
    <>
      <Card
        title={t("imports.report.what")}
        note={t("imports.report.summary", { lines: count(report.lines_read), time: wait(report.seconds) })}
        extra={
          <span className={styles.buttons}>
            <Button onClick={() => go("/sales/orders")}>{t("imports.report.seeOrders")}</Button>
            <Button type="primary" onClick={() => go("/members?sort=-joined_at")}>
              {t("imports.report.seeMembers")}
            </Button>
          </span>
        }
      >
        <dl className={styles.facts}>
          <Fact term={t("imports.report.amount")}>{money(report.total_amount_minor, report.currency)}</Fact>
          <Fact term={t("imports.report.orders")}>{count(report.orders)}</Fact>
          <Fact term={t("imports.report.refunds")}>{count(report.refunds)}</Fact>
          <Fact term={t("imports.report.adjustments")}>{count(report.adjustments)}</Fact>
          <Fact term={t("imports.report.guestSales")}>{count(report.guest_sales)}</Fact>
          <Fact term={t("imports.report.membersNew")}>{count(report.members_new)}</Fact>
          <Fact term={t("imports.report.productsNew")}>{count(report.products_new)}</Fact>
          <Fact term={t("imports.report.stores")}>{count(report.stores)}</Fact>
          <Fact term={t("imports.report.countries")}>{count(report.countries)}</Fact>
          <Fact term={t("imports.report.pointsEarned")}>{count(report.points_earned)}</Fact>
          <Fact term={t("imports.report.pointsTakenBack")}>{count(report.points_taken_back)}</Fact>
          <Fact term={t("imports.report.pointsExpired")}>{count(report.points_expired)}</Fact>
        </dl>
      </Card>
      <div className={styles.pair}>
        <Card title={t("imports.report.lines")}>
          <dl className={styles.rows}>
            <Fact term={t("imports.report.linesRead")}>{count(report.lines_read)}</Fact>
            <Fact term={t("imports.report.linesImported")}>{count(report.lines_imported)}</Fact>
            <Fact term={t("imports.report.linesUnchanged")}>{count(report.lines_unchanged)}</Fact>
            {report.lines_later ? (
              <Fact term={t("imports.report.linesLater")}>{count(report.lines_later)}</Fact>
            ) : null}
            <Fact term={t("imports.report.linesRejected")}>{count(report.lines_rejected)}</Fact>
          </dl>
        </Card>
        <Card
          title={t("imports.report.refundsMatched")}
          note={t("imports.report.refundsMatchedNote", { value: count(matched) })}
        >
          <ul className={styles.bars}>
            {hows.map((how) => (
              <li key={how}>
                <span>{t(`imports.report.how.${how}`)}</span>
                <span className={styles.track}>
                  <span data-how={how} style={{ width: `${(report.refund_lines[how] / most) * 100}%` }} />
                </span>
                <span className="num">{count(report.refund_lines[how])}</span>
              </li>
            ))}
          </ul>
        </Card>
      </div>
      {report.returns_read > 0 && (
        <Card
          title={t("imports.report.returns")}
          note={t("imports.report.returnsNote")}
          extra={
            <span className={styles.buttons}>
              <Button icon={<DownloadOutlined />} href={returnsFileUrl(job.id)} download>
                {t("imports.report.returnsFile")}
              </Button>
              <Button type="primary" onClick={() => go(`/sales/returns?import=${job.id}`)}>
                {t("imports.report.seeReturns")}
              </Button>
            </span>
          }
        >
          <dl className={styles.facts}>
            <Fact term={t("imports.report.linesRead")}>{count(report.returns_read)}</Fact>
            <Fact term={t("imports.report.returnsNew")}>{count(report.returns_new)}</Fact>
            <Fact term={t("imports.report.returnsWith")}>{count(report.returns_with_candidates)}</Fact>
            <Fact term={t("imports.report.returnsUnchanged")}>{count(report.returns_unchanged)}</Fact>
          </dl>
        </Card>
      )}
      <Card
        isFlush={report.reasons.length > 0}
        title={t("imports.report.reasons")}
        extra={
          report.lines_rejected > 0 && (
            <Button icon={<DownloadOutlined />} href={rejectsUrl(job.id)} download>
              {t("imports.report.rejects")}
            </Button>
          )
        }
      >
        {report.reasons.length === 0 ? (
          <span className={styles.quiet}>{t("imports.report.noRejects")}</span>
        ) : (
          <DataTable
            rows={report.reasons}
            rowKey={(reason) => reason.code}
            empty={null}
            card={(reason) => (
              <div className={styles.line}>
                <span>{reason.text}</span>
                <span className="num">{count(reason.count)}</span>
              </div>
            )}
            columns={[
              { key: "text", title: t("imports.report.reason"), render: (reason) => reason.text },
              {
                key: "count",
                title: t("imports.report.count"),
                isNumber: true,
                render: (reason) => count(reason.count),
              },
            ]}
          />
        )}
      </Card>
    </>
  );
}

function Fact({ term, children }: { term: string; children: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
