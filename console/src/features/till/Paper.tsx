import { QRCode } from "antd";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import { useSystem } from "../../api/system";
import { useFormat } from "../../kit/useFormat";
import styles from "./paper.module.css";
import type { ReceiptTold } from "./receiptTold";
import { useTierOf } from "./useTierOf";

export type PaperWidth = 58 | 80;

interface Props {
  told: ReceiptTold;
  width: PaperWidth;
}

/** The receipt on screen, and the same alone on the printer's paper. */
export function Paper({ told, width }: Props) {
  return (
    <>
      <div className={styles.screen}>
        <Sheet told={told} />
      </div>
      {createPortal(
        <div className={styles.print} style={{ width: `${width - 8}mm` }} aria-hidden="true">
          <style>{`@page { size: ${width}mm auto; margin: 3mm 4mm; }`}</style>
          <Sheet told={told} />
        </div>,
        document.body,
      )}
    </>
  );
}

function Sheet({ told }: { told: ReceiptTold }) {
  const { t } = useTranslation();
  const { money, name, quantity, points, moment } = useFormat();
  const { data: system } = useSystem();
  return (
    <article className={styles.sheet}>
      <h2>{system ? name(system.shop) : ""}</h2>
      <p className={styles.centre}>{told.store}</p>
      {told.kind === "refund" && <p className={styles.centre}>{t("till.receipt.refund")}</p>}
      <Row left={t("till.receipt.number")} right={told.number} />
      <Row left={moment(told.at)} right={told.cashier} />
      <hr />
      {told.lines.map((line, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a receipt never change
        <div key={place}>
          <div>{line.name}</div>
          <Row
            left={`${quantity(line.quantity)} × ${money(line.price_minor)}`}
            right={money(line.amount_minor)}
          />
        </div>
      ))}
      <hr />
      <Row left={t("till.receipt.total")} right={money(told.total_minor)} />
      {told.cuts.map((cut, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a receipt never change
        <Row key={place} left={name(cut.name)} right={money(-cut.amount_minor)} />
      ))}
      {told.points && (
        <Row
          left={t("till.sum.points", { points: points(told.points.used) })}
          right={money(-told.points.worth_minor)}
        />
      )}
      <Row isStrong left={t("till.receipt.payable")} right={money(told.payable_minor)} />
      {told.payments.map((part, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a receipt never change
        <Row key={place} left={t(`till.method.${part.method}`)} right={money(part.amount_minor)} />
      ))}
      {told.change_minor > 0 && <Row left={t("till.pay.change")} right={money(told.change_minor)} />}
      <Member told={told} />
      <div className={styles.code}>
        <QRCode value={told.number} type="svg" size={96} bordered={false} color="#000" bgColor="#fff" />
      </div>
      <p className={styles.centre}>{t("till.receipt.thanks")}</p>
    </article>
  );
}

function Member({ told }: { told: ReceiptTold }) {
  const { t } = useTranslation();
  const { points, name } = useFormat();
  const tierOf = useTierOf();
  const { member } = told;
  if (!member) return null;
  const tier = member.tier ? tierOf(member.tier) : null;
  return (
    <>
      <hr />
      <Row
        left={member.tail ? t("till.buyer.tail", { tail: member.tail }) : t("till.receipt.member")}
        right={tier ? name(tier.name) : ""}
      />
      {told.is_queued ? (
        <p>{t("till.receipt.queued")}</p>
      ) : (
        <>
          <Row left={t("till.receipt.earned")} right={points(member.earned)} />
          <Row left={t("till.receipt.balance")} right={points(member.balance)} />
        </>
      )}
    </>
  );
}

function Row({ left, right, isStrong = false }: { left: string; right: string; isStrong?: boolean }) {
  return (
    <div className={isStrong ? styles.strong : styles.row}>
      <span>{left}</span>
      <span className="num">{right}</span>
    </div>
  );
}
