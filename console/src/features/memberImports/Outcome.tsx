import { DownloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberImport, MemberImportCounts } from "../../api/contract";
import { handedBackUrl } from "../../api/memberImports";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { DataTable } from "../../kit/DataTable";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import styles from "./memberImports.module.css";

const fates = ["new", "updated", "unchanged", "skipped", "duplicates", "conflicts", "rejected"] as const;

/** What a dry run says, or what an import did. */
export function Outcome({
  job,
  counts,
  isTrial,
}: {
  job: MemberImport;
  counts: MemberImportCounts;
  isTrial: boolean;
}) {
  const { t } = useTranslation();
  const { count, wait } = useFormat();
  const go = useGo();
  const all = Math.max(1, counts.read);
  return (
    <Card
      title={t(isTrial ? "memberImports.report.would" : "memberImports.report.did")}
      note={t("memberImports.report.took", { rows: count(counts.read), time: wait(counts.seconds) })}
      extra={
        !isTrial && (
          <Button onClick={() => go("/members?sort=-joined_at")}>
            {t("memberImports.report.seeMembers")}
          </Button>
        )
      }
    >
      <div className={styles.share} aria-hidden="true">
        {fates.map((fate) => (
          <span key={fate} data-fate={fate} style={{ width: `${(counts[fate] / all) * 100}%` }} />
        ))}
      </div>
      <dl className={styles.facts}>
        {fates.map((fate) => (
          <Fact key={fate} term={t(`memberImports.report.${fate}`)}>
            {count(counts[fate])}
          </Fact>
        ))}
        <Fact term={t("memberImports.report.identities")}>{count(counts.identities_added)}</Fact>
      </dl>
      {isTrial && job.samples.length > 0 && (
        <>
          <p className={styles.quiet}>{t("memberImports.report.samples")}</p>
          {job.samples.slice(0, 12).map((sample) => (
            <div key={`${sample.row}`} className={styles.samples}>
              <span>{t("memberImports.report.row", { row: count(sample.row) })}</span>
              <span>{t(`memberImports.report.${sample.fate as (typeof fates)[number]}`)}</span>
              <span>{sample.name}</span>
              <span>{sample.identity}</span>
            </div>
          ))}
        </>
      )}
    </Card>
  );
}

/** Why rows were handed back, and the rows themselves. */
export function Reasons({ job }: { job: MemberImport }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const mayFetch = useMay()("member_imports.files");
  const has = (kinds: string[]) => job.reasons.some((reason) => kinds.includes(reason.kind));
  return (
    <Card
      isFlush={job.reasons.length > 0}
      title={t("memberImports.report.reasons")}
      extra={
        mayFetch && (
          <span className={styles.buttons}>
            {has(["rejected", "conflict"]) && (
              <Button icon={<DownloadOutlined />} href={handedBackUrl(job.id, "rejects")} download>
                {t("memberImports.report.rejects")}
              </Button>
            )}
            {has(["duplicate"]) && (
              <Button icon={<DownloadOutlined />} href={handedBackUrl(job.id, "duplicates")} download>
                {t("memberImports.report.duplicatesFile")}
              </Button>
            )}
          </span>
        )
      }
    >
      {job.reasons.length === 0 ? (
        <span className={styles.quiet}>{t("memberImports.report.none")}</span>
      ) : (
        <DataTable
          rows={job.reasons}
          rowKey={(reason) => reason.code}
          empty={null}
          card={(reason) => (
            <div className={styles.line}>
              <span>{reason.text}</span>
              <span className="num">{count(reason.count)}</span>
            </div>
          )}
          columns={[
            { key: "text", title: t("memberImports.report.reason"), render: (reason) => reason.text },
            {
              key: "count",
              title: t("memberImports.report.count"),
              isNumber: true,
              render: (reason) => count(reason.count),
            },
          ]}
        />
      )}
    </Card>
  );
}

export function Undone({ job }: { job: MemberImport }) {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  if (!job.undo) return null;
  return (
    <Card title={t("memberImports.report.undone")} note={job.undone_at ? moment(job.undone_at) : undefined}>
      <dl className={styles.facts}>
        <Fact term={t("memberImports.report.removed")}>{count(job.undo.removed)}</Fact>
        <Fact term={t("memberImports.report.restored")}>{count(job.undo.restored)}</Fact>
        <Fact term={t("memberImports.report.partly")}>{count(job.undo.partly)}</Fact>
        <Fact term={t("memberImports.report.kept")}>{count(job.undo.kept)}</Fact>
      </dl>
    </Card>
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
