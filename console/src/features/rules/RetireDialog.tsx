import { App, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type RuleDetail, useChangeRule } from "../../api/rules";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { FromDay } from "./FromDay";

export function RetireDialog({ rule, onClose }: { rule: RuleDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const [day, setDay] = useState<Dayjs | null>(null);
  const retire = useChangeRule();
  return (
    <Modal
      open
      title={t("rules.retiring.title", { name: name(rule.name) })}
      okText={t("rules.retiring.do")}
      okButtonProps={{ danger: true, loading: retire.isPending }}
      onCancel={onClose}
      onOk={() =>
        retire.mutate(
          { what: "retire", code: rule.code, fromDay: day?.format("YYYY-MM-DD") ?? null },
          {
            onSuccess: () => {
              void message.success(t("rules.retiring.done"));
              onClose();
            },
          },
        )
      }
    >
      <p>{t("rules.retiring.hint")}</p>
      <FromDay
        label={t("rules.retiring.day")}
        now={t("rules.retiring.now")}
        later={t("rules.retiring.later")}
        value={day}
        onChange={setDay}
      />
      <Refusal error={retire.error} />
    </Modal>
  );
}
