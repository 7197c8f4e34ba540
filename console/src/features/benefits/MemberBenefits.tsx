import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type MemberBenefits as Benefits, type Entitlement, useMemberBenefits } from "../../api/benefits";
import { useMay } from "../../api/session";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import type { MemberSectionProps } from "../members/sections";
import styles from "./benefits.module.css";
import { GrantDialog } from "./GrantDialog";
import { RevokeDialog } from "./RevokeDialog";
import { UseDialog } from "./UseDialog";

const colours = { open: "success", used: undefined, expired: undefined, revoked: "error" } as const;
const reasons = ["level_lost", "merged", "erased"] as const;

/** What a member has by level and date, what they were granted, and the button for the counter. */
export function MemberBenefits({ overview }: MemberSectionProps) {
  const benefits = useMemberBenefits(overview.member.id);
  return (
    <Loaded of={benefits} rows={8} minHeight={320}>
      {(data) => <Here memberId={overview.member.id} benefits={data} />}
    </Loaded>
  );
}

type Open = { act: "use" | "revoke"; of: Entitlement } | { act: "grant" } | null;

function Here({ memberId, benefits }: { memberId: number; benefits: Benefits }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const may = useMay();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <div className={styles.stack}>
      <section>
        <div className={styles.heading}>
          <h3>{t("benefits.member.running")}</h3>
        </div>
        {benefits.running.length === 0 ? (
          <p className={styles.quiet}>{t("benefits.member.noRunning")}</p>
        ) : (
          <ul className={styles.entitlements}>
            {benefits.running.map((one) => (
              <li key={one.code}>
                <b>{name(one.name)}</b>
                <div className={styles.quiet}>{name(one.told)}</div>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section>
        <div className={styles.heading}>
          <h3>{t("benefits.member.granted")}</h3>
          {may("benefits.grant") && (
            <Button size="small" onClick={() => setOpen({ act: "grant" })}>
              {t("benefits.member.grant")}
            </Button>
          )}
        </div>
        {benefits.entitlements.length === 0 ? (
          <EmptyState title={t("benefits.member.empty")} hint={t("benefits.member.emptyHint")} />
        ) : (
          <ul className={styles.entitlements}>
            {benefits.entitlements.map((one) => (
              <Line
                key={one.id}
                entitlement={one}
                onUse={may("benefits.use") ? () => setOpen({ act: "use", of: one }) : undefined}
                onRevoke={may("benefits.grant") ? () => setOpen({ act: "revoke", of: one }) : undefined}
              />
            ))}
          </ul>
        )}
      </section>
      {open?.act === "use" && <UseDialog memberId={memberId} entitlement={open.of} onClose={close} />}
      {open?.act === "revoke" && <RevokeDialog memberId={memberId} entitlement={open.of} onClose={close} />}
      {open?.act === "grant" && <GrantDialog memberId={memberId} onClose={close} />}
    </div>
  );
}

interface LineProps {
  entitlement: Entitlement;
  onUse?: () => void;
  onRevoke?: () => void;
}

function Line({ entitlement: one, onUse, onRevoke }: LineProps) {
  const { t } = useTranslation();
  const { name, day, dayOf, moment } = useFormat();
  const isOpen = one.state === "open";
  const isAtOnce = one.gift.kind !== "goods";
  const known = reasons.find((reason) => reason === one.ended_because);
  return (
    <li className={styles.line}>
      <div>
        <b>{name(one.gift_told)}</b>
        <div className={styles.quiet}>
          {[
            name(one.name),
            name(one.occasion_told),
            t("benefits.member.on", { day: day(dayOf(one.granted_at)) }),
            one.expires_on && isOpen && t("benefits.member.until", { day: day(one.expires_on) }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </div>
        {one.reason && (
          <div className={styles.quiet}>{t("benefits.member.because", { reason: one.reason })}</div>
        )}
        {one.state === "revoked" && one.ended_because && (
          <div className={styles.quiet}>
            {t("benefits.member.revokedBecause", {
              reason: known ? t(`benefits.because.${known}`) : one.ended_because,
            })}
          </div>
        )}
        {one.uses.map((use) => (
          <div key={use.unit_no} className={styles.quiet}>
            {[
              t("benefits.member.usedAt", { at: moment(use.used_at) }),
              use.store?.name,
              use.employee,
              use.order_number && t("benefits.member.order", { order: use.order_number }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </div>
        ))}
      </div>
      <div className={styles.acts}>
        <Tag color={colours[one.state]}>
          {isAtOnce && one.state === "used"
            ? t("benefits.entitlement.given")
            : t(`benefits.entitlement.${one.state}`)}
          {isOpen &&
            one.units > 1 &&
            ` · ${t("benefits.member.left", { left: one.units - one.used, units: one.units })}`}
        </Tag>
        {isOpen && onRevoke && (
          <Button size="small" onClick={onRevoke}>
            {t("benefits.member.revoke")}
          </Button>
        )}
        {isOpen && onUse && (
          <Button size="small" type="primary" onClick={onUse}>
            {t("benefits.member.use")}
          </Button>
        )}
      </div>
    </li>
  );
}
