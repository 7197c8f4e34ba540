import { Alert, App, Button, Popconfirm, Switch, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ConsentPurposeState,
  type Consents,
  type Evidence,
  useChangeConsents,
  useConsents,
} from "../../api/consents";
import { useMay } from "../../api/session";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import type { MemberSectionProps } from "../members/sections";
import { MemberRequests } from "../rights/MemberRequests";
import { AnswerDialog } from "./AnswerDialog";
import styles from "./consent.module.css";

const stops = ["marketing", "personalisation", "automated"] as const;
const byStaff: Evidence = { how: "screen", hand: "operator", source: "console", screen: "member" };

/** What a member agreed to, what they stopped, and what they asked for. */
export function MemberConsent({ overview }: MemberSectionProps) {
  const memberId = overview.member.id;
  const consents = useConsents(memberId);
  const may = useMay();
  return (
    <div className={styles.stack}>
      <Loaded of={consents} rows={8} minHeight={320}>
        {(data) => <Answers memberId={memberId} consents={data} mayWrite={may("consents.write")} />}
      </Loaded>
      {may("requests.read") && <MemberRequests memberId={memberId} />}
    </div>
  );
}

interface AnswersProps {
  memberId: number;
  consents: Consents;
  mayWrite: boolean;
}

function Answers({ memberId, consents, mayWrite }: AnswersProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useChangeConsents(memberId);
  const [answered, setAnswered] = useState<ConsentPurposeState | null>(null);
  const done = { onSuccess: () => void message.success(t("consent.member.saved")) };
  return (
    <div>
      {consents.stops.processing && (
        <Alert type="warning" showIcon className={styles.alert} title={t("consent.member.restricted")} />
      )}
      {consents.is_minor && !consents.has_guardian && (
        <Alert
          type="warning"
          showIcon
          className={styles.alert}
          title={t("consent.member.minor")}
          description={t("consent.member.minorHint")}
        />
      )}
      {consents.purposes.map((purpose) => (
        <PurposeLine
          key={purpose.code}
          purpose={purpose}
          onAnswer={mayWrite && purpose.basis === "consent" ? () => setAnswered(purpose) : undefined}
        />
      ))}
      <Refusal error={change.error} />
      <div className={styles.row}>
        <div className={styles.stops}>
          {stops.map((stop) => (
            // biome-ignore lint/a11y/noLabelWithoutControl: the switch is the control
            <label key={stop}>
              <Switch
                size="small"
                checked={consents.stops[stop] ?? false}
                disabled={!mayWrite}
                loading={
                  change.isPending && change.variables.kind === "stop" && change.variables.stop === stop
                }
                onChange={(isStopped) =>
                  change.mutate({ kind: "stop", stop, isStopped, evidence: byStaff }, done)
                }
              />
              {t(`consent.member.stop.${stop}`)}
            </label>
          ))}
        </div>
        {mayWrite && (
          <Popconfirm
            title={t("consent.member.withdraw")}
            description={t("consent.member.withdrawHint")}
            okText={t("consent.member.withdraw")}
            onConfirm={() => change.mutate({ kind: "withdrawal", evidence: byStaff }, done)}
          >
            <Button danger loading={change.isPending && change.variables.kind === "withdrawal"}>
              {t("consent.member.withdraw")}
            </Button>
          </Popconfirm>
        )}
      </div>
      {answered && <AnswerDialog memberId={memberId} purpose={answered} onClose={() => setAnswered(null)} />}
    </div>
  );
}

function PurposeLine({ purpose, onAnswer }: { purpose: ConsentPurposeState; onAnswer?: () => void }) {
  const { t } = useTranslation();
  const { name, moment } = useFormat();
  return (
    <div className={styles.row}>
      <div>
        <div className={styles.name}>{name(purpose.name)}</div>
        <div className={styles.quiet}>{t(`consent.basis.${purpose.basis}`)}</div>
        <div className={styles.chips}>
          {purpose.channels.map((one) => (
            <Tooltip
              key={one.channel}
              title={[one.words, one.at && moment(one.at)].filter(Boolean).join(" · ")}
            >
              <Tag color={one.allowed ? "success" : one.state ? "error" : undefined} tabIndex={0}>
                {t(`consent.channel.${one.channel as "sms"}`)}
                {purpose.basis === "consent" && ` · ${t(`consent.member.state.${one.state ?? "none"}`)}`}
              </Tag>
            </Tooltip>
          ))}
        </div>
      </div>
      {onAnswer && (
        <Button size="small" onClick={onAnswer}>
          {t("consent.member.answer")}
        </Button>
      )}
    </div>
  );
}
