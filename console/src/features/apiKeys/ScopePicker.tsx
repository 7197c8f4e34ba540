import { SearchOutlined } from "@ant-design/icons";
import { Checkbox, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type ScopeGroup, useScopes } from "../../api/apiKeys";
import { Loaded } from "../../kit/Loaded";
import styles from "./apiKeys.module.css";

interface Props {
  value?: string[];
  onChange?: (scopes: string[]) => void;
}

/** Rights by what they are about; what the person has not got cannot be given away. */
export function ScopePicker({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const scopes = useScopes();
  const wanted = text.trim().toLowerCase();
  const toggle = (code: string, isOn: boolean) =>
    onChange?.(isOn ? [...value, code] : value.filter((one) => one !== code));
  return (
    <Loaded of={scopes} rows={6}>
      {({ groups }) => (
        <div className={styles.scopes}>
          <Input
            allowClear
            prefix={<SearchOutlined />}
            placeholder={t("apiKeys.form.findScope")}
            aria-label={t("apiKeys.form.findScope")}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <div className={styles.groups}>
            {groups.map((group) => (
              <Group key={group.module} group={group} wanted={wanted} value={value} onToggle={toggle} />
            ))}
          </div>
        </div>
      )}
    </Loaded>
  );
}

interface GroupProps {
  group: ScopeGroup;
  wanted: string;
  value: string[];
  onToggle: (code: string, isOn: boolean) => void;
}

function Group({ group, wanted, value, onToggle }: GroupProps) {
  const items = group.items.filter(
    (item) => item.label.toLowerCase().includes(wanted) || item.code.includes(wanted),
  );
  if (items.length === 0) return null;
  return (
    <div className={styles.group}>
      {items.map((item) => (
        <Checkbox
          key={item.code}
          checked={value.includes(item.code)}
          disabled={!item.is_yours}
          onChange={(event) => onToggle(item.code, event.target.checked)}
        >
          {item.label} <code className={styles.prefix}>{item.code}</code>
        </Checkbox>
      ))}
    </div>
  );
}
