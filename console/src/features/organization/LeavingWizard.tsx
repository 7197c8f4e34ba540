import { Alert, App, Button, DatePicker, Form, Input, Modal, Radio, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Employee, TransferWish } from "../../api/contract";
import { useEmployees, useLeave, useTransfer, useTransferPreview } from "../../api/organization";
import { useMay } from "../../api/session";
import { useSystem } from "../../api/system";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./organization.module.css";

/** Somebody leaves: their last day, and who looks after their members, shown with numbers before anything happens. */
export function LeavingWizard({ employee, onClose }: { employee: Employee; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay();
  const { count } = useFormat();
  const { data: system } = useSystem();
  const isLeaving = employee.state === "active";
  const [day, setDay] = useState<Dayjs | null>(dayjs(system?.today));
  const [targets, setTargets] = useState<number[]>([]);
  const [how, setHow] = useState<"evenly" | "by_store">("evenly");
  const [reason, setReason] = useState(t("organization.leaving.reasonStart"));
  const employees = useEmployees();
  const others = employees.data?.filter((one) => one.state === "active" && one.id !== employee.id) ?? [];
  const wish: TransferWish = {
    employee_id: employee.id,
    target_ids: targets.length > 0 ? targets : others.slice(0, 1).map(({ id }) => id),
    how,
    reason: reason.trim() || "-",
    dry_run: false,
  };
  // Without anybody chosen yet, it still says how many members there are.
  const preview = useTransferPreview(
    may("members.attribute") && wish.target_ids.length > 0 ? { ...wish, reason: "preview" } : null,
  );
  const leave = useLeave();
  const transfer = useTransfer();
  const members = preview.data?.members ?? 0;
  const isMoving = members > 0 && targets.length > 0;

  const done = (text: string) => {
    void message.success(text);
    onClose();
  };
  const move = () =>
    transfer.mutate(wish, {
      onSuccess: (answer) =>
        done(
          t(answer.state === "running" ? "organization.leaving.doneBegun" : "organization.leaving.doneMoved"),
        ),
    });
  const submit = () => {
    if (!isLeaving) return move();
    leave.mutate(
      { id: employee.id, day: day?.format("YYYY-MM-DD") ?? null },
      { onSuccess: () => (isMoving ? move() : done(t("organization.leaving.doneLeft"))) },
    );
  };
  const action = isLeaving
    ? t(isMoving ? "organization.leaving.leaveAndMove" : "organization.leaving.leaveOnly")
    : t("organization.leaving.move");
  return (
    <Modal
      open
      title={t(isLeaving ? "organization.leaving.title" : "organization.leaving.handOverTitle", {
        name: employee.name,
      })}
      onCancel={onClose}
      footer={[
        <Button key="cancel" onClick={onClose}>
          {t("organization.leaving.cancel")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={!isLeaving && !isMoving}
          loading={leave.isPending || transfer.isPending}
          onClick={submit}
        >
          {action}
        </Button>,
      ]}
    >
      <Form layout="vertical">
        {isLeaving && (
          <Form.Item label={t("organization.leaving.day")}>
            <DatePicker className={styles.full} value={day} onChange={setDay} allowClear={false} />
          </Form.Item>
        )}
        {preview.data && (
          <Form.Item label={t("organization.leaving.members")}>
            <b className="num">{t("organization.leaving.membersCount", { value: count(members) })}</b>{" "}
            <span className={styles.why}>
              {members === 0
                ? t("organization.leaving.nobody")
                : preview.data.accounts
                  ? t("organization.leaving.accounts", { value: count(preview.data.accounts) })
                  : ""}
            </span>
          </Form.Item>
        )}
        {members > 0 && (
          <>
            <Form.Item
              label={t("organization.leaving.targets")}
              extra={t("organization.leaving.targetsHelp")}
            >
              <Select
                mode="multiple"
                value={targets}
                onChange={setTargets}
                placeholder={isLeaving ? t("organization.leaving.later") : undefined}
                showSearch={{ optionFilterProp: "label" }}
                options={others.map((one) => ({ value: one.id, label: `${one.name} · ${one.code}` }))}
              />
            </Form.Item>
            {targets.length > 0 && (
              <>
                <Form.Item label={t("organization.leaving.how")}>
                  <Radio.Group
                    value={how}
                    onChange={(event) => setHow(event.target.value)}
                    options={[
                      { value: "evenly", label: t("organization.leaving.evenly") },
                      { value: "by_store", label: t("organization.leaving.byStore") },
                    ]}
                  />
                </Form.Item>
                <ul className={styles.shares} aria-live="polite">
                  {preview.data?.shares.map((share) => (
                    <li key={share.employee.id}>
                      <span>{t("organization.leaving.share", { name: share.employee.name })}</span>
                      <b>{t("organization.leaving.membersCount", { value: count(share.members ?? 0) })}</b>
                    </li>
                  ))}
                </ul>
                <Form.Item label={t("organization.leaving.reason")}>
                  <Input value={reason} maxLength={200} onChange={(event) => setReason(event.target.value)} />
                </Form.Item>
                <Alert
                  type="info"
                  showIcon
                  title={t("organization.leaving.willMove", { value: count(members) })}
                />
              </>
            )}
          </>
        )}
      </Form>
      <Refusal error={leave.error ?? transfer.error} />
    </Modal>
  );
}
