import { Button, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OrderWish } from "../../../api/tillSales";
import { shopNow } from "../offline/clock";
import { connection } from "../offline/connection";
import { type KeptSale, sentAgain, type Way, waysOf } from "../offline/queue";
import { move } from "../offline/store";
import styles from "./day.module.css";
import { KeptWords } from "./KeptWords";

/** A sale that the server refused: why, and what may be done. It stays until the server has it. */
export function RefusedSale({ kept }: { kept: KeptSale }) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState("");
  const ways = waysOf(kept);
  const send = async (change: Partial<OrderWish>) => {
    await move([{ seen: kept, next: sentAgain(kept, change, Date.now()) }]);
    await connection.sendNow();
  };
  return (
    <article className={styles.refused}>
      <div className={styles.line}>
        <KeptWords kept={kept} />
      </div>
      <p role="alert">
        <b>{kept.reason?.title || t("tillDesk.kept.noReason")}</b>
        <span className={styles.quiet}>{kept.reason?.detail}</span>
      </p>
      {ways.includes("phone") && (
        <div className={styles.acts}>
          <Input
            size="large"
            inputMode="tel"
            maxLength={20}
            value={phone}
            placeholder={t("tillDesk.kept.phone")}
            aria-label={t("tillDesk.kept.phone")}
            onChange={(event) => setPhone(event.target.value)}
          />
          <Button
            size="large"
            type="primary"
            disabled={!phone.trim()}
            onClick={() => void send({ member: { phone: phone.trim() } })}
          >
            {t("tillDesk.kept.way.phone")}
          </Button>
        </div>
      )}
      <div className={styles.acts}>
        {ways
          .filter((way) => way !== "phone")
          .map((way) => (
            <WayButton key={way} way={way} onGo={() => void send(changeOf(way, kept))} />
          ))}
      </div>
    </article>
  );
}

/** Everything but sending it again as it is changes the sale: it is asked once more. */
function WayButton({ way, onGo }: { way: Exclude<Way, "phone">; onGo: () => void }) {
  const { t } = useTranslation();
  if (way === "again") {
    return (
      <Button size="large" onClick={onGo}>
        {t("tillDesk.kept.way.again")}
      </Button>
    );
  }
  return (
    <Popconfirm
      title={t(`tillDesk.kept.way.${way}`)}
      description={<span className={styles.asked}>{t(`tillDesk.kept.ask.${way}`)}</span>}
      okText={t("tillDesk.kept.yes")}
      onConfirm={onGo}
    >
      <Button size="large">{t(`tillDesk.kept.way.${way}`)}</Button>
    </Popconfirm>
  );
}

function changeOf(way: Exclude<Way, "phone">, kept: KeptSale): Partial<OrderWish> {
  if (way === "guest") return { member: null };
  if (way === "plain") return { points: 0, coupons: [] };
  if (way === "now") return { placed_at: shopNow().toISOString() };
  if (way === "renumber") return { number: `${kept.order.number.slice(0, 60)}-2` };
  return {};
}
