import { App, Button, Input, type InputRef, Modal } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { useUndoRedemption } from "../../../api/couponRedeem";
import { Refusal } from "../../../kit/Refusal";
import { Field } from "./Field";
import styles from "./redeem.module.css";

interface Props {
  code: string;
  isSmall?: boolean;
  onDone?: () => void;
}

/** Takes a redemption back on its own day, with a reason that stays with the coupon. */
export function UndoButton({ code, isSmall = false, onDone }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [key, setKey] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const field = useRef<InputRef>(null);
  const undo = useUndoRedemption();
  const close = () => {
    setKey(null);
    undo.reset();
  };
  const submit = () => {
    if (!key || !reason.trim()) return;
    undo.mutate(
      { code, reason: reason.trim(), key },
      {
        onSuccess: () => {
          void message.success(t("couponRedeem.undo.done"));
          setReason("");
          close();
          onDone?.();
        },
      },
    );
  };
  return (
    <>
      <Button
        size={isSmall ? "small" : "middle"}
        type={isSmall ? "link" : "default"}
        onClick={() => setKey(newKey())}
      >
        {t("couponRedeem.undo.button")}
      </Button>
      <Modal
        open={key !== null}
        title={t("couponRedeem.undo.title")}
        okText={t("couponRedeem.undo.button")}
        cancelText={t("couponRedeem.undo.keep")}
        okButtonProps={{ danger: true, disabled: !reason.trim() }}
        confirmLoading={undo.isPending}
        onOk={submit}
        onCancel={close}
        // The dialog takes the focus when it opens; only then can the field have it.
        afterOpenChange={(isOpen) => isOpen && field.current?.focus()}
      >
        <div className={styles.stack}>
          <p className={styles.quiet}>{t("couponRedeem.undo.lead", { code })}</p>
          <Field label={t("couponRedeem.undo.reason")}>
            {(id) => (
              <Input
                id={id}
                ref={field}
                maxLength={200}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                onPressEnter={submit}
              />
            )}
          </Field>
          <Refusal error={undo.error} />
        </div>
      </Modal>
    </>
  );
}
