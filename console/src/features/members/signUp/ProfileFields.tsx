import { Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/contract";
import { useFormat } from "../../../kit/useFormat";
import { isBirthday } from "./values";

/** Name, gender and birthday; of a member who is known already, what is on file shows through. */
export function ProfileFields({ member }: { member?: Member }) {
  const { t } = useTranslation();
  const { monthDay } = useFormat();
  return (
    <>
      <Form.Item name="name" label={t("signUp.name")}>
        <Input maxLength={100} autoComplete="off" placeholder={member?.name ?? ""} />
      </Form.Item>
      <Form.Item name="gender" label={t("signUp.gender")}>
        <Select
          allowClear={!member}
          options={(["female", "male"] as const).map((value) => ({
            value,
            label: t(`members.profile.gender.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="birthday"
        label={t("signUp.birthday")}
        extra={t("signUp.birthdayHelp")}
        rules={[
          {
            validator: (_rule, text?: string) =>
              !text?.trim() || isBirthday(text)
                ? Promise.resolve()
                : Promise.reject(new Error(t("signUp.birthdayWrong"))),
          },
        ]}
      >
        <Input
          maxLength={10}
          autoComplete="off"
          placeholder={member?.birthday ? monthDay(member.birthday) : ""}
        />
      </Form.Item>
    </>
  );
}
