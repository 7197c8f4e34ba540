import { Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTemplateName } from "../../../api/couponIssue";
import { useCouponTemplates } from "../../../api/coupons";
import { useFormat } from "../../../kit/useFormat";
import { useSettled } from "../../../kit/useSettled";

interface Props {
  id?: string;
  value?: string;
  onChange?: (template: string) => void;
}

/** Chooses a published coupon by its name; the server searches, so there may be any number of them. */
export function TemplateSelect({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const [text, setText] = useState("");
  const q = useSettled(text.trim(), 250);
  const found = useCouponTemplates({ q: q || undefined, state: "published", limit: 20 });
  const rows = found.data?.items ?? [];
  const isShown = rows.some((row) => row.code === value);
  const chosen = useTemplateName(isShown ? undefined : value || undefined);
  const options = rows.map((row) => ({
    value: row.code,
    label: [name(row.name), row.told].filter(Boolean).join(" · "),
  }));
  if (value && !isShown) options.unshift({ value, label: chosen.data ? name(chosen.data) : value });
  return (
    <Select
      id={id}
      value={value || undefined}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      placeholder={t("couponIssue.choose")}
      notFoundContent={found.data ? t("couponIssue.noTemplate") : null}
      options={options}
    />
  );
}
