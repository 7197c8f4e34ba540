import { App, Button, Drawer, Form, Input } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { type Meant, useGiftPreview, useGiveToMany } from "../../../api/couponIssue";
import type { CouponTemplateDetail } from "../../../api/coupons";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { useSettled } from "../../../kit/useSettled";
import { Audience, type Chosen } from "./Audience";
import styles from "./issue.module.css";
import { Meaning } from "./Meaning";
import { mostReferences, referencesIn } from "./references";

interface Props {
  template: CouponTemplateDetail;
  onClose: () => void;
}

/** A coupon for everybody who is meant, in the background; how many that is stands there before anything is given. */
export function GiveToMany({ template, onClose }: Props) {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const { message } = App.useApp();
  const [key] = useState(newKey);
  const [chosen, setChosen] = useState<Chosen>({ by: "condition", condition: null, list: "" });
  const [reason, setReason] = useState("");
  const meant = useMemo(() => meantBy(chosen), [chosen]);
  const settled = useSettled(meant, 400);
  const preview = useGiftPreview(template.code, settled);
  const give = useGiveToMany();
  const members = meant && meant === settled && !preview.isFetching ? preview.data?.members : undefined;
  const submit = () => {
    if (!meant || members === undefined) return;
    give.mutate(
      { key, template: template.code, reason: reason.trim(), seen: members, meant },
      {
        onSuccess: (gift) => {
          void message.success(
            t(gift.state === "approval" ? "couponIssue.many.asked" : "couponIssue.many.begun"),
          );
          onClose();
        },
      },
    );
  };
  return (
    <Drawer
      open
      size={720}
      title={t("couponIssue.many.title", { name: name(template.name) })}
      onClose={onClose}
      footer={
        <div className={styles.foot}>
          <Button onClick={onClose}>{t("couponIssue.cancel")}</Button>
          <Button
            type="primary"
            disabled={!members || !reason.trim()}
            loading={give.isPending}
            onClick={submit}
          >
            {members
              ? t("couponIssue.many.submit", { count: members, value: count(members) })
              : t("couponIssue.give.submit")}
          </Button>
        </div>
      }
    >
      <Form layout="vertical" component="div" requiredMark={false}>
        <Form.Item label={t("couponIssue.many.who")}>
          <Audience value={chosen} onChange={setChosen} />
        </Form.Item>
        <Meaning preview={meant ? preview.data : undefined} isStale={members === undefined} />
        <Refusal error={meant ? preview.error : null} />
        <Form.Item label={t("couponIssue.reason")} extra={t("couponIssue.reasonHelp")}>
          <Input.TextArea
            aria-label={t("couponIssue.reason")}
            maxLength={200}
            autoSize={{ minRows: 2 }}
            value={reason}
            onChange={({ target }) => setReason(target.value)}
          />
        </Form.Item>
        <Refusal error={give.error} />
      </Form>
    </Drawer>
  );
}

function meantBy(chosen: Chosen): Meant | null {
  if (chosen.by === "condition") {
    return chosen.condition ? { condition: { ...chosen.condition } } : null;
  }
  const members = referencesIn(chosen.list);
  return members.length > 0 && members.length <= mostReferences ? { members } : null;
}
