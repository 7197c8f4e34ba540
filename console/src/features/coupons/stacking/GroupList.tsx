import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Modal, Select, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Stacking, StackingGroup } from "../../../api/coupons";
import { Card } from "../../../kit/Card";
import { useFormat } from "../../../kit/useFormat";
import styles from "../coupons.module.css";
import { moveGroup, withoutGroup } from "./pairs";

const modes = ["best_for_customer", "stack", "best_for_merchant", "order"] as const;

interface Props {
  value: Stacking;
  inUse: Record<string, number>;
  onChange: (value: Stacking) => void;
}

/** The groups in the order in which they are taken off, and how coupons of one group go together. */
export function GroupList({ value, inUse, onChange }: Props) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const [isAdding, setIsAdding] = useState(false);
  const change = (place: number, next: Partial<StackingGroup>) =>
    onChange({
      ...value,
      groups: value.groups.map((group, number) => (number === place ? { ...group, ...next } : group)),
    });
  return (
    <Card
      title={t("coupons.stacking.groups")}
      note={t("coupons.stacking.groupsNote")}
      extra={
        value.groups.length < 30 && (
          <Button icon={<PlusOutlined />} onClick={() => setIsAdding(true)}>
            {t("coupons.stacking.addGroup")}
          </Button>
        )
      }
    >
      <ol className={styles.groups}>
        {value.groups.map((group, place) => {
          const used = inUse[group.category] ?? 0;
          return (
            <li key={group.category}>
              <div className={styles.groupName}>
                <b>{name({ zh: group.name_zh, en: group.name_en })}</b>
                <span className={styles.quiet}>{t("coupons.stacking.inUse", { count: used })}</span>
              </div>
              <Select
                aria-label={t("coupons.stacking.mode")}
                value={group.mode}
                onChange={(mode) =>
                  change(place, { mode, most: mode === "stack" ? Math.max(group.most, 2) : 1 })
                }
                popupMatchSelectWidth={false}
                options={modes.map((mode) => ({ value: mode, label: t(`coupons.stacking.modes.${mode}`) }))}
              />
              {group.mode === "stack" ? (
                <InputNumber
                  aria-label={t("coupons.stacking.most")}
                  prefix={t("coupons.stacking.most")}
                  min={1}
                  max={20}
                  precision={0}
                  value={group.most}
                  onChange={(most) => change(place, { most: most ?? 1 })}
                />
              ) : (
                <span />
              )}
              <span className={styles.buttons}>
                <Button
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={t("coupons.stacking.up")}
                  disabled={place === 0}
                  onClick={() => onChange(moveGroup(value, place, -1))}
                />
                <Button
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-label={t("coupons.stacking.down")}
                  disabled={place === value.groups.length - 1}
                  onClick={() => onChange(moveGroup(value, place, 1))}
                />
                <Tooltip title={used > 0 ? t("coupons.stacking.cannotRemove") : undefined}>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t("coupons.stacking.removeGroup")}
                    disabled={used > 0 || value.groups.length === 1}
                    onClick={() => onChange(withoutGroup(value, group.category))}
                  />
                </Tooltip>
              </span>
            </li>
          );
        })}
      </ol>
      {isAdding && (
        <AddGroup
          taken={value.groups.map(({ category }) => category)}
          onAdd={(group) => {
            onChange({ ...value, groups: [...value.groups, group] });
            setIsAdding(false);
          }}
          onClose={() => setIsAdding(false)}
        />
      )}
    </Card>
  );
}

interface AddProps {
  taken: string[];
  onAdd: (group: StackingGroup) => void;
  onClose: () => void;
}

function AddGroup({ taken, onAdd, onClose }: AddProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Pick<StackingGroup, "category" | "name_zh" | "name_en">>();
  const needed = [{ required: true, whitespace: true, message: t("kit.names.needed") }];
  return (
    <Modal
      open
      title={t("coupons.stacking.addGroup")}
      okText={t("coupons.stacking.add")}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(named) => onAdd({ ...named, mode: "best_for_customer", most: 1 })}
      >
        <Form.Item name="name_zh" label={t("coupons.stacking.nameZh")} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name="name_en" label={t("coupons.stacking.nameEn")} rules={needed}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item
          name="category"
          label={t("coupons.stacking.category")}
          extra={t("coupons.stacking.categoryHelp")}
          rules={[
            {
              validator: (_rule, text?: string) =>
                text && /^[a-z][a-z0-9_-]{0,39}$/.test(text) && !taken.includes(text)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t("coupons.stacking.categoryHelp"))),
            },
          ]}
        >
          <Input maxLength={40} />
        </Form.Item>
        <button type="submit" hidden aria-label={t("coupons.stacking.add")} />
      </Form>
    </Modal>
  );
}
