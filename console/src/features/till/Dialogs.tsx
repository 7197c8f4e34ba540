import { App } from "antd";
import { useTranslation } from "react-i18next";
import type { Store } from "../../api/contract";
import { HeldDialog } from "./HeldDialog";
import type { HeldSale } from "./held";
import { PayDialog } from "./PayDialog";
import { ReceiptDialog } from "./ReceiptDialog";
import { SignUpDialog } from "./SignUpDialog";
import type { Sale, Step } from "./sale";
import type { Asked } from "./useAsked";
import type { usePaying } from "./usePaying";
import { ValueDialog } from "./ValueDialog";

export type Dialog = "pay" | "value" | "held" | { signUp: string | undefined } | null;

interface Props {
  dialog: Dialog;
  store: Store;
  sale: Sale;
  step: (step: Step) => void;
  asked: Asked;
  paying: ReturnType<typeof usePaying>;
  held: HeldSale[];
  /** Null: another tab of this browser has it already. */
  onTake: (one: HeldSale) => Promise<HeldSale | null>;
  digits: number;
  isOnline: boolean;
  onBack: () => void;
  onSignedUp: () => void;
}

/** What opens over the sale, one at a time; closed, the keyboard goes back to where codes are scanned. */
export function Dialogs(props: Props) {
  const { dialog, store, sale, step, asked, paying, held, onTake, digits, isOnline, onBack, onSignedUp } =
    props;
  const { t } = useTranslation();
  const { message } = App.useApp();
  if (paying.receipt) {
    const next = () => {
      paying.forget();
      onBack();
    };
    return <ReceiptDialog told={paying.receipt} action={t("till.receipt.next")} onClose={next} />;
  }
  if (dialog === "pay") {
    const close = () => {
      paying.forget();
      onBack();
    };
    return (
      <PayDialog
        key={asked.payable}
        payable={asked.payable}
        digits={digits}
        isOnline={isOnline}
        isBusy={paying.isBusy}
        error={paying.error}
        onPaid={(parts, change) => void paying.pay(parts, change)}
        onClose={close}
      />
    );
  }
  if (dialog === "value")
    return asked.quote && <ValueDialog sale={sale} quote={asked.quote} step={step} onClose={onBack} />;
  if (dialog === "held") {
    const goOn = async (one: HeldSale) => {
      const taken = await onTake(one);
      if (!taken) return void message.warning(t("till.held.gone"));
      step({ kind: "restore", sale: taken.sale });
      onBack();
    };
    return <HeldDialog {...{ held, store }} onTake={goOn} onDrop={onTake} onClose={onBack} />;
  }
  if (dialog === null) return null;
  return (
    <SignUpDialog
      store={store}
      phone={dialog.signUp}
      onClose={onBack}
      onDone={(buyer) => {
        step({ kind: "buyer", buyer });
        onSignedUp();
        onBack();
      }}
    />
  );
}
