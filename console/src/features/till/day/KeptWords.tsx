import { useTranslation } from "react-i18next";
import { useFormat } from "../../../kit/useFormat";
import type { KeptSale } from "../offline/queue";
import styles from "./day.module.css";

/** A kept sale in a line: number, time, whose, how much. Of a phone the last digits are enough. */
export function KeptWords({ kept }: { kept: KeptSale }) {
  const { t } = useTranslation();
  const { money, moment } = useFormat();
  const { member } = kept.order;
  const tail = (member?.phone ?? member?.number ?? member?.card ?? "").slice(-4);
  const goods = kept.lines_told.map(({ name }) => name).join("、");
  return (
    <>
      <span className={styles.what}>
        <b>{kept.order.number}</b>
        <span className={styles.quiet}>
          {moment(kept.at)} · {member ? t("tillDesk.kept.member", { tail }) : t("tillDesk.guest")}
        </span>
        <span className={styles.quiet}>{goods}</span>
      </span>
      <span className="num">{money(kept.total_minor)}</span>
    </>
  );
}
