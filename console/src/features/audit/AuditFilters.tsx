import { Input, Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type AuditWord, useAuditWords } from "../../api/audit";
import { DayRange } from "../../kit/DayRange";
import filters from "../../kit/Filters.module.css";
import { SearchField } from "../../kit/SearchField";
import type { AuditState } from "./listState";

interface Props {
  state: AuditState;
  patch: (change: Partial<AuditState>) => void;
}

export function AuditFilters({ state, patch }: Props) {
  const { t } = useTranslation();
  const { data: words } = useAuditWords();
  return (
    <div className={filters.filters}>
      <SearchField
        value={state.q}
        onChange={(q) => patch({ q, cursor: "" })}
        placeholder={t("audit.filter.q")}
      />
      <Choice
        label={t("audit.filter.actor")}
        words={words?.actors}
        value={state.actor}
        onChange={(actor) => patch({ actor, cursor: "" })}
      />
      <Choice
        label={t("audit.filter.action")}
        words={words?.actions}
        value={state.action}
        onChange={(action) => patch({ action, cursor: "" })}
      />
      <Choice
        label={t("audit.filter.kind")}
        words={words?.kinds}
        value={state.kind}
        onChange={(kind) => patch({ kind, cursor: "" })}
      />
      <MemberField value={state.member} onChange={(member) => patch({ member, cursor: "" })} />
      <Select
        allowClear
        className={filters.select}
        placeholder={t("audit.filter.result")}
        aria-label={t("audit.filter.result")}
        value={state.result || undefined}
        onChange={(result?: string) => patch({ result: result ?? "", cursor: "" })}
        options={["ok", "refused"].map((value) => ({
          value,
          label: t(`audit.result.${value as "ok" | "refused"}`),
        }))}
      />
      <DayRange
        label={t("audit.filter.days")}
        from={state.from}
        to={state.to}
        onChange={(from, to) => patch({ from, to, cursor: "" })}
      />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  words: AuditWord[] | undefined;
  value: string;
  onChange: (value: string) => void;
}

function Choice({ label, words, value, onChange }: ChoiceProps) {
  return (
    <Select
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      className={filters.select}
      placeholder={label}
      aria-label={label}
      value={value || undefined}
      onChange={(chosen?: string) => onChange(chosen ?? "")}
      popupMatchSelectWidth={false}
      options={words?.map((word) => ({ value: word.code, label: word.label }))}
    />
  );
}

/** A member is named whole: a number, or a phone. Half a number would be asked for and not found. */
function MemberField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(shown(value));
  useEffect(() => setText(shown(value)), [value]);
  return (
    <Input
      allowClear
      className={filters.search}
      placeholder={t("audit.filter.member")}
      aria-label={t("audit.filter.member")}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (event.target.value === "") onChange("");
      }}
      onPressEnter={() => onChange(reference(text.trim()))}
      onBlur={() => onChange(reference(text.trim()))}
    />
  );
}

function reference(text: string): string {
  if (text === "" || text.includes(":")) return text;
  if (/^[Mm]/.test(text)) return `number:${text}`;
  return /^\+?\d{7,}$/.test(text) ? `phone:${text}` : text;
}

function shown(value: string): string {
  return value.replace(/^(number|phone):/, "");
}
