import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AuditChange, type AuditDetail, useAuditLine, useOpenDifference } from "../../api/audit";
import { useMay } from "../../api/session";
import { Fact, Facts } from "../../kit/Facts";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./audit.module.css";

export function LineDetail({ id }: { id: number }) {
  const line = useAuditLine(id);
  return (
    <Loaded of={line} rows={8}>
      {(data) => <Told line={data} />}
    </Loaded>
  );
}

function Told({ line }: { line: AuditDetail }) {
  const { t } = useTranslation();
  const { moment, count } = useFormat();
  return (
    <div className={styles.detail}>
      <p className={styles.lead}>{line.sentence}</p>
      {line.changes.length > 0 && <Changes changes={line.changes} />}
      {line.has_difference && <Sealed line={line} />}
      <Facts>
        <Fact term={t("audit.detail.at")}>
          <span className="num">{moment(line.at)}</span>
        </Fact>
        <Fact term={t("audit.detail.actor")}>{line.actor.name}</Fact>
        {line.on_behalf_of && <Fact term={t("audit.detail.behalf")}>{line.on_behalf_of.name}</Fact>}
        {line.member_id !== null && (
          <Fact term={t("audit.detail.member")}>
            <Go to={`/members/${line.member_id}`}>{t("audit.detail.openMember")}</Go>
          </Fact>
        )}
        {line.code && <Fact term={t("audit.detail.refused")}>{line.code}</Fact>}
        {typeof line.details.reason === "string" && (
          <Fact term={t("audit.detail.reason")}>{line.details.reason}</Fact>
        )}
        <Fact term={t("audit.detail.address")}>{line.address || t("kit.none")}</Fact>
        <Fact term={t("audit.detail.trace")}>
          <code>{line.trace_id || t("kit.none")}</code>
        </Fact>
        <Fact term={t("audit.detail.chain")}>
          {line.proof ? (
            <>
              {t("audit.detail.sealed", { seq: count(line.proof.seq) })}
              <code className={styles.hash}>{line.proof.hash}</code>
            </>
          ) : (
            t("audit.detail.unsealed")
          )}
        </Fact>
      </Facts>
    </div>
  );
}

function Changes({ changes }: { changes: AuditChange[] }) {
  const { t } = useTranslation();
  return (
    <table className={styles.changes}>
      <thead>
        <tr>
          <th>{t("audit.change.field")}</th>
          <th>{t("audit.change.before")}</th>
          <th>{t("audit.change.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.field}>
            <th scope="row">{change.label}</th>
            <td>{words(change.before, t("kit.none"))}</td>
            <td>{words(change.after, t("kit.none"))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Sealed({ line }: { line: AuditDetail }) {
  const { t } = useTranslation();
  const mayOpen = useMay()("audit.unmask");
  const [reason, setReason] = useState("");
  const open = useOpenDifference(line.id);
  if (open.data?.is_destroyed) return <p className={styles.note}>{t("audit.sealed.destroyed")}</p>;
  if (open.data) return <Changes changes={open.data.changes} />;
  return (
    <div className={styles.sealed}>
      <p className={styles.note}>{t("audit.sealed.note")}</p>
      {mayOpen && (
        <>
          <Refusal error={open.error} />
          <div className={styles.ask}>
            <Input
              value={reason}
              maxLength={500}
              placeholder={t("audit.sealed.reason")}
              aria-label={t("audit.sealed.reason")}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button
              disabled={reason.trim().length < 2}
              loading={open.isPending}
              onClick={() => open.mutate(reason.trim())}
            >
              {t("audit.sealed.open")}
            </Button>
          </div>
        </>
      )}
    </div>
  );
}

function words(value: unknown, none: string): string {
  if (value === null || value === undefined || value === "") return none;
  if (Array.isArray(value)) return value.map(String).join(", ") || none;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
