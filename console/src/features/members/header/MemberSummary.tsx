import { CheckCircleFilled, MinusCircleOutlined } from "@ant-design/icons";
import { Progress, Tooltip } from "antd";
import { useTranslation } from "react-i18next";
import type { MemberOverview } from "../../../api/contract";
import { useSystem } from "../../../api/system";
import { useFormat } from "../../../kit/useFormat";
import { useUnmasked } from "../details/Unmasked";
import { MemberFigures } from "../MemberFigures";
import { sectionData } from "../overview";
import styles from "./header.module.css";
import { nextThings } from "./nextThings";

interface Props {
  overview: MemberOverview;
  onGo: (tab: string) => void;
}

/** What a clerk wants to know before anything else: facts, what comes next, by what way one may write, balances. */
export function MemberSummary({ overview, onGo }: Props) {
  return (
    <>
      <Facts overview={overview} />
      <NextThings overview={overview} onGo={onGo} />
      <MemberFigures overview={overview} columns={6} />
      <div className={styles.glances}>
        <TierGlance overview={overview} onGo={onGo} />
        <ConsentGlance overview={overview} onGo={onGo} />
      </div>
    </>
  );
}

function Facts({ overview }: { overview: MemberOverview }) {
  const { t } = useTranslation();
  const { day, dayOf, monthDay } = useFormat();
  const { values } = useUnmasked();
  const { member } = overview;
  const consent = sectionData(overview, "consent");
  const phone = member.identities.find((one) => one.kind === "phone");
  const isVerified = phone?.is_verified ?? false;
  const facts = [
    member.number,
    member.gender && t(`members.profile.gender.${member.gender}`),
    member.birthday && t("members.profile.birthday", { day: monthDay(member.birthday) }),
    t("members.profile.joined", { day: day(dayOf(member.joined_at)) }),
    member.store && t("members.header.store", { name: member.store.name }),
    member.employee && t("members.header.employee", { name: member.employee }),
    consent?.is_minor ? t(consent.has_guardian ? "members.header.minor" : "members.header.minorAlone") : null,
  ].filter(Boolean);
  return (
    <div className={styles.facts}>
      {(values?.phone ?? member.phone) && (
        <span>
          {values?.phone ?? member.phone}{" "}
          {isVerified && (
            <Tooltip title={t("members.identities.verified")}>
              <CheckCircleFilled className={styles.good} aria-label={t("members.identities.verified")} />
            </Tooltip>
          )}
        </span>
      )}
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </div>
  );
}

function NextThings({ overview, onGo }: Props) {
  const { t } = useTranslation();
  const { count, day, dayOf, name } = useFormat();
  const now = useSystem().data?.now;
  if (!now) return null;
  const things = nextThings(overview, dayOf(now), dayOf);
  if (things.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t("members.header.next")}>
      {things.map((thing) => (
        <li key={thing.key}>
          <button
            type="button"
            className={styles.chip}
            data-tone={thing.tone}
            onClick={() => onGo(thing.tab)}
          >
            {t(`members.header.thing.${thing.what}`, {
              value: thing.count === undefined ? "" : count(thing.count),
              unit: thing.unit ? name(thing.unit) : "",
              day: thing.on ? day(thing.on) : "",
            })}
          </button>
        </li>
      ))}
    </ul>
  );
}

function TierGlance({ overview, onGo }: Props) {
  const { t } = useTranslation();
  const { day } = useFormat();
  const tier = sectionData(overview, "tier");
  if (!tier) return null;
  const need = tier.next?.need;
  const percent =
    need && need.threshold > 0 ? Math.max(0, Math.min(100, (need.have / need.threshold) * 100)) : 100;
  return (
    <button type="button" className={styles.glance} onClick={() => onGo("tier")}>
      <span className={styles.label}>{t("members.progress.title")}</span>
      <Progress
        percent={percent}
        showInfo={false}
        size={{ height: 6 }}
        aria-label={need?.text ?? t("members.progress.top")}
      />
      <span className={styles.quiet}>
        {need ? need.text : t("members.progress.top")}
        {tier.valid_until && ` · ${t("members.header.validUntil", { day: day(tier.valid_until) })}`}
      </span>
    </button>
  );
}

function ConsentGlance({ overview, onGo }: Props) {
  const { t } = useTranslation();
  const consent = sectionData(overview, "consent");
  if (!consent) return null;
  const marketing = consent.purposes.find((one) => one.is_marketing) ?? consent.purposes[0];
  const allowed = marketing?.channels.filter((one) => one.allowed) ?? [];
  return (
    <button type="button" className={styles.glance} onClick={() => onGo("consent")}>
      <span className={styles.label}>{t("members.header.mayContact")}</span>
      <span className={styles.channels}>
        {allowed.map((one) => (
          <span key={one.channel} data-allowed="true" title={one.words}>
            <CheckCircleFilled /> {t(`consent.channel.${one.channel as "sms"}`)}
          </span>
        ))}
        {marketing && allowed.length === 0 && (
          <span className={styles.quiet}>
            <MinusCircleOutlined /> {t("members.header.noChannel")}
          </span>
        )}
        {!marketing && <span className={styles.quiet}>{t("members.header.noPurposes")}</span>}
      </span>
    </button>
  );
}
