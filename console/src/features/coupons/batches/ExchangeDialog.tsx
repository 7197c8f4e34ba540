import { Button, Form, Input, Modal, Result } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { type ExchangedCoupon, useExchange } from "../../../api/couponBatches";
import { useFormat } from "../../../kit/useFormat";
import { OperationDialog } from "../../accounts/dialogs/OperationDialog";
import { MemberSelect } from "../../accounts/MemberSelect";
import { CodePictures } from "./CodePictures";

interface Values {
  member?: number;
  code: string;
}

interface Props {
  /** Whose coupon it becomes, where that is known; else it is asked. */
  memberId?: number;
  onClose: () => void;
}

/** A printed code, or a word, becomes a coupon of a member. */
export function ExchangeDialog({ memberId, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const [key, setKey] = useState(newKey);
  const [done, setDone] = useState<ExchangedCoupon | null>(null);
  const act = useExchange();
  const needed = { required: true, message: t("couponBatches.makeDialog.needed") };
  const again = () => {
    form.resetFields(["code"]);
    setDone(null);
  };
  if (done) return <Exchanged coupon={done} onAgain={again} onClose={onClose} />;
  return (
    <OperationDialog<Values>
      title={t("couponBatches.exchangeDialog.title")}
      lead={t("couponBatches.exchangeDialog.lead")}
      submit={t("couponBatches.exchangeDialog.submit")}
      form={form}
      error={act.error}
      isBusy={act.isPending}
      onSubmit={({ member, code }) =>
        act.mutate(
          { key, member: String(memberId ?? member), code: code.trim() },
          { onSuccess: setDone, onSettled: () => setKey(newKey()) },
        )
      }
      onClose={onClose}
    >
      {memberId === undefined && (
        <Form.Item name="member" label={t("couponBatches.exchangeDialog.member")} rules={[needed]}>
          <MemberSelect without={0} />
        </Form.Item>
      )}
      <Form.Item
        name="code"
        label={t("couponBatches.exchangeDialog.code")}
        rules={[{ ...needed, whitespace: true }]}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
    </OperationDialog>
  );
}

function Exchanged({
  coupon,
  onAgain,
  onClose,
}: {
  coupon: ExchangedCoupon;
  onAgain: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { name, moment } = useFormat();
  return (
    <Modal open width={480} title={t("couponBatches.exchangeDialog.done")} footer={null} onCancel={onClose}>
      <Result
        status="success"
        title={name(coupon.name)}
        subTitle={
          coupon.expires_at
            ? t("couponBatches.exchangeDialog.until", { day: moment(coupon.expires_at) })
            : t("couponBatches.exchangeDialog.always")
        }
        extra={[
          <Button key="again" onClick={onAgain}>
            {t("couponBatches.exchangeDialog.again")}
          </Button>,
          <Button key="close" type="primary" onClick={onClose}>
            {t("couponBatches.exchangeDialog.close")}
          </Button>,
        ]}
      >
        <CodePictures code={coupon.code} />
      </Result>
    </Modal>
  );
}
