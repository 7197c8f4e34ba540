import { Select } from "antd";
import { useState } from "react";
import { useMembers } from "../../api/members";
import { nameOf } from "../../kit/nameOf";
import { useSettled } from "../../kit/useSettled";

interface Props {
  /** Who cannot be chosen. */
  without: number;
  id?: string;
  value?: number;
  onChange?: (member: number) => void;
}

/** Finds a member while somebody types; the server searches, so any number of members will do. */
export function MemberSelect({ without, id, value, onChange }: Props) {
  const [text, setText] = useState("");
  const q = useSettled(text.trim(), 250);
  const found = useMembers({ q, limit: 10 }, q !== "");
  const rows = q === "" ? [] : (found.data?.items ?? []);
  return (
    <Select
      id={id}
      value={value}
      onChange={onChange}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      notFoundContent={null}
      options={rows
        .filter((row) => row.id !== without && row.status === "active")
        .map((row) => ({
          value: row.id,
          label: [nameOf(row), row.phone, row.name ? row.number : null].filter(Boolean).join(" · "),
        }))}
    />
  );
}
