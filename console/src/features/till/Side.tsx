import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../kit/useFormat";
import { BuyerCard } from "./BuyerCard";
import { SumCard } from "./SumCard";
import type { Sale, Step } from "./sale";
import styles from "./till.module.css";
import type { Asked } from "./useAsked";

interface Props {
  sale: Sale;
  step: (step: Step) => void;
  asked: Asked;
  isOnline: boolean;
  isWaiting: boolean;
  onFind: () => void;
  onValue: () => void;
  onPay: () => void;
}

/** Who buys, what it comes to, and the way to pay. */
export function Side({ sale, step, asked, isOnline, isWaiting, onFind, onValue, onPay }: Props) {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <div className={styles.right}>
      <BuyerCard
        buyer={sale.buyer}
        quote={asked.quote}
        isOnline={isOnline}
        onFind={onFind}
        onRemove={() => step({ kind: "buyer", buyer: null })}
      />
      <SumCard
        sale={sale}
        asked={asked}
        isOnline={isOnline}
        onValue={onValue}
        onBest={() => step({ kind: "coupons", coupons: "best" })}
      />
      <div className={styles.paybar}>
        <span>
          {t("till.pay.payable")}
          <b className="num">{money(asked.payable)}</b>
        </span>
        <Button
          type="primary"
          size="large"
          loading={isWaiting}
          disabled={sale.lines.length === 0}
          onClick={onPay}
        >
          {t("till.keys.pay")}
        </Button>
      </div>
    </div>
  );
}
