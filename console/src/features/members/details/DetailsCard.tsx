import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member, ProfileChange } from "../../../api/contract";
import { useChangeProfile } from "../../../api/members";
import { useMay } from "../../../api/session";
import { useFormat } from "../../../kit/useFormat";
import type { MemberSectionProps } from "../sections";
import { birthdayWish, isBirthday } from "../signUp/values";
import { birthdayText, masked } from "./clear";
import styles from "./details.module.css";
import { InlineField } from "./InlineField";
import { UnmaskDialog } from "./UnmaskButton";
import { useUnmasked } from "./Unmasked";

type Field = "name" | "gender" | "birthday" | "language" | "address";

/** Who the member is, each field changed where it stands. What is personal is seen in clear first, for a reason. */
export function DetailsCard({ overview }: MemberSectionProps) {
  const { t } = useTranslation();
  const { monthDay } = useFormat();
  const may = useMay();
  const { values } = useUnmasked();
  const { member } = overview;
  const [next, setNext] = useState<(() => void) | null>(null);
  const save = useSaveField(member);
  const mayEdit = may("members.write") && member.status !== "erased";
  // Whoever may see it in clear looks before they change it; others can still write it anew.
  const looksFirst = (isHidden: boolean) => (open: () => void) => {
    if (!isHidden || !may("members.unmask")) return true;
    setNext(() => open);
    return false;
  };
  // What is hidden is not known here, so it can be neither put into the field nor brought back.
  const knows = {
    name: values !== null || !masked(member.name),
    birthday: values !== null || member.birthday === null,
    address: values !== null || member.address === null,
  };
  const name = values?.name ?? (knows.name ? member.name : null);
  const birthday = values ? birthdayText(values.birthday) : null;
  const address = values?.address ?? null;
  const languages = [
    { value: "zh-CN", label: t("frame.languageZh") },
    { value: "en", label: t("frame.languageEn") },
  ];
  const genders = (["female", "male"] as const).map((value) => ({
    value,
    label: t(`members.profile.gender.${value}`),
  }));
  const labelOf = (options: { value: string; label: string }[], value: string | null) =>
    options.find((one) => one.value === value)?.label ?? value;
  return (
    <dl className={styles.list}>
      <InlineField
        label={t("signUp.name")}
        shown={values?.name ?? member.name}
        value={knows.name ? (name ?? "") : null}
        mayEdit={mayEdit}
        onOpen={looksFirst(!knows.name)}
        onSave={(text) => save("name", text, name, knows.name)}
      />
      <InlineField
        label={t("signUp.gender")}
        shown={labelOf(genders, member.gender)}
        value={member.gender ?? ""}
        options={genders}
        mayEdit={mayEdit}
        onSave={(text) => save("gender", text, member.gender, true)}
      />
      <InlineField
        label={t("signUp.birthday")}
        shown={birthday ?? (member.birthday ? monthDay(member.birthday) : null)}
        value={knows.birthday ? (birthday ?? "") : null}
        hint={t("members.details.birthdayHint")}
        mayEdit={mayEdit}
        onOpen={looksFirst(!knows.birthday)}
        check={(text) => (isBirthday(text) ? null : t("signUp.birthdayWrong"))}
        onSave={(text) =>
          save("birthday", text && birthdayWish(text), values?.birthday ?? null, knows.birthday)
        }
      />
      <InlineField
        label={t("signUp.language")}
        shown={labelOf(languages, member.language)}
        value={member.language ?? ""}
        options={languages}
        mayEdit={mayEdit}
        onSave={(text) => save("language", text, member.language, true)}
      />
      <InlineField
        label={t("signUp.address")}
        shown={address ?? member.address}
        value={knows.address ? (address ?? "") : null}
        mayEdit={mayEdit}
        onOpen={looksFirst(!knows.address)}
        onSave={(text) => save("address", text, address, knows.address)}
      />
      {next && <UnmaskDialog member={member} onClose={() => setNext(null)} onShown={next} />}
    </dl>
  );
}

/** Saves one field at the version that was seen, and offers to take it back where the old value is known. */
function useSaveField(member: Member) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const change = useChangeProfile(member.id);
  const { values, show } = useUnmasked();
  const send = (field: Field, value: string | null, version: number) =>
    change.mutateAsync({ version, body: { [field]: value } as ProfileChange });
  return async (field: Field, value: string | null, before: string | null, isKnown: boolean) => {
    const saved = await send(field, value, member.version);
    const isPersonal = field === "name" || field === "birthday" || field === "address";
    const keep = (now: string | null) => {
      if (values && isPersonal) show({ ...values, [field]: now });
    };
    keep(value);
    const key = `saved-${member.id}`;
    const undo = async () => {
      message.destroy(key);
      try {
        await send(field, before, saved.version);
        keep(before);
        void message.success(t("members.details.undone"));
      } catch (error) {
        void message.error(error instanceof Error ? error.message : t("kit.error.notDone"));
      }
    };
    void message.success({
      key,
      duration: 6,
      content: (
        <>
          {t("members.details.saved")}
          {isKnown && (
            <Button type="link" size="small" onClick={() => void undo()}>
              {t("members.details.undo")}
            </Button>
          )}
        </>
      ),
    });
  };
}
