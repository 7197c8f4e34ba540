import { Button, InputNumber, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type AuditChain, useAuditChain, useKeepAuditFor, useVerifyAudit } from "../../api/audit";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { Verdict } from "../../kit/Verdict";
import styles from "./audit.module.css";

/** Whether the trail is as it was written: told by the last verification. */
export function ChainState() {
  const { t } = useTranslation();
  const mayWrite = useMay()("audit.write");
  const [askedAfter, setAskedAfter] = useState<string | null>(null);
  const verify = useVerifyAudit();
  const chain = useAuditChain(askedAfter !== null);
  const newest = chain.data?.verified?.at ?? "none";
  const isAwaited = askedAfter !== null && askedAfter === newest;
  const ask = () => {
    setAskedAfter(newest);
    verify.mutate();
  };
  return (
    <Card
      title={t("audit.chain.title")}
      extra={
        mayWrite && (
          <div className={styles.buttons}>
            {chain.data && <Keep chain={chain.data} />}
            <Button loading={isAwaited && !verify.error} onClick={ask}>
              {t("audit.chain.verify")}
            </Button>
          </div>
        )
      }
    >
      <Refusal error={verify.error} />
      <Loaded of={chain} rows={2} minHeight={64}>
        {(data) => <Told chain={data} />}
      </Loaded>
    </Card>
  );
}

function Told({ chain }: { chain: AuditChain }) {
  const { t } = useTranslation();
  const { count, moment, wait } = useFormat();
  const { verified, head } = chain;
  const tone = verified === null ? "warn" : verified.ok ? "good" : "bad";
  const told = verified === null ? "never" : verified.ok ? "ok" : "wrong";
  return (
    <Verdict tone={tone} title={t(`audit.chain.${told}`)}>
      <div className={styles.note}>
        {verified && (
          <p>
            {t("audit.chain.verified", {
              at: moment(verified.at),
              lines: count(verified.lines),
              time: wait(verified.seconds),
            })}
          </p>
        )}
        {verified?.wrong && (
          <p className={styles.wrong}>
            {t("audit.chain.place", { seq: count(verified.wrong.seq) })}
            {verified.wrong.audit_id !== null &&
              ` · ${t("audit.chain.line", { id: verified.wrong.audit_id })}`}
            {" · "}
            {verified.wrong.detail}
          </p>
        )}
        <p>
          {t("audit.chain.sealed", { sealed: count(chain.sealed), unsealed: count(chain.unsealed) })}
          {head && ` ${t("audit.chain.head", { at: moment(head.made_at), seq: count(head.seq) })}`}
        </p>
        <p>{t("audit.chain.kept", { days: count(chain.retention_days) })}</p>
      </div>
    </Verdict>
  );
}

function Keep({ chain }: { chain: AuditChain }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const [days, setDays] = useState<number | null>(chain.retention_days);
  const keep = useKeepAuditFor();
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      placement="bottomRight"
      content={
        <div className={styles.keep}>
          <p className={styles.note}>{t("audit.keep.hint", { days: chain.shortest_days })}</p>
          <Refusal error={keep.error} />
          <InputNumber
            value={days}
            min={chain.shortest_days}
            max={chain.longest_days}
            precision={0}
            aria-label={t("audit.keep.label")}
            onChange={setDays}
          />
          <Button
            type="primary"
            disabled={days === null}
            loading={keep.isPending}
            onClick={() => days !== null && keep.mutate(days, { onSuccess: () => setOpen(false) })}
          >
            {t("audit.keep.save")}
          </Button>
        </div>
      }
    >
      <Button>{t("audit.keep.open")}</Button>
    </Popover>
  );
}
