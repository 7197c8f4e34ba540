import { useTranslation } from "react-i18next";
import type { Store } from "../../api/contract";
import { HeldDialog } from "./HeldDialog";
import { PayDialog } from "./PayDialog";
import { ReceiptDialog } from "./ReceiptDialog";
import { SignUpDialog } from "./SignUpDialog";
import type { Sale, Step } from "./sale";
import type { Asked } from "./useAsked";
import type { HeldSale } from "./useHeld";
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
  onTake: (one: HeldSale) => void;
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
    const goOn = (one: HeldSale) => {
      step({ kind: "restore", sale: one.sale });
      onTake(one);
      onBack();
    };
    return <HeldDialog held={held} onTake={goOn} onDrop={onTake} onClose={onBack} />;
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
