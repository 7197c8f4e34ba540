import { Checkbox, Input, Tag, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PermissionGroup } from "../../api/contract";
import { usePermissionGroups } from "../../api/staff";
import type { TextKey } from "../../i18n/keys";
import { Loaded } from "../../kit/Loaded";
import { useFormat } from "../../kit/useFormat";
import { matching } from "./matching";
import styles from "./staff.module.css";

interface Props {
  value?: string[];
  onChange?: (codes: string[]) => void;
}

/** Every permission that the program knows, by module; found by name or code. */
export function PermissionGrid({ value = [], onChange }: Props) {
  const { t } = useTranslation();
  const groups = usePermissionGroups();
  const [wanted, setWanted] = useState("");
  const held = new Set(value);
  const set = (codes: string[], isHeld: boolean) => {
    const next = new Set(value);
    for (const code of codes) isHeld ? next.add(code) : next.delete(code);
    onChange?.([...next].sort());
  };
  return (
    <>
      <Input.Search
        allowClear
        value={wanted}
        placeholder={t("staff.grid.search")}
        aria-label={t("staff.grid.search")}
        onChange={(event) => setWanted(event.target.value)}
      />
      <p className={styles.quiet}>{t("staff.grid.chosen", { count: value.length })}</p>
      <Loaded of={groups} rows={10}>
        {(all) => (
          <div className={styles.groups}>
            {matching(all, wanted).map((group) => (
              <Group key={group.module} group={group} held={held} onSet={set} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  );
}

interface GroupProps {
  group: PermissionGroup;
  held: Set<string>;
  onSet: (codes: string[], isHeld: boolean) => void;
}

function Group({ group, held, onSet }: GroupProps) {
  const { t, i18n } = useTranslation();
  const { name } = useFormat();
  const codes = group.permissions.map((one) => one.code);
  const count = codes.filter((code) => held.has(code)).length;
  const key = `staff.module.${group.module}`;
  return (
    <section className={styles.group}>
      <h3>
        <Checkbox
          checked={count === codes.length}
          indeterminate={count > 0 && count < codes.length}
          onChange={(event) => onSet(codes, event.target.checked)}
        >
          {i18n.exists(key) ? t(key as TextKey) : group.module}
        </Checkbox>
      </h3>
      {group.permissions.map((one) => (
        <Checkbox
          key={one.code}
          checked={held.has(one.code)}
          onChange={(event) => onSet([one.code], event.target.checked)}
        >
          <Tooltip title={one.code}>{name({ zh: one.name_zh, en: one.name_en })}</Tooltip>{" "}
          {one.is_sensitive && <Tag>{t("staff.grid.sensitive")}</Tag>}
        </Checkbox>
      ))}
    </section>
  );
}
