import { CheckOutlined, MoreOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { type FollowUp, type FollowUpState, useEndFollowUp } from "../../api/notes";
import { useMay } from "../../api/session";
import { Go } from "../../kit/Go";
import { nameOf } from "../../kit/nameOf";
import { Swatch } from "../../kit/Swatch";
import { useFormat } from "../../kit/useFormat";
import styles from "./notes.module.css";

interface Props {
  one: FollowUp;
  /** On a list of several people: whom it is for. */
  hasName?: boolean;
  onChange: () => void;
}

/** One thing that is to be done, and the one click that says it is. */
export function FollowUpItem({ one, hasName = false, onChange }: Props) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { message } = App.useApp();
  const mayWrite = useMay()("notes.write");
  const end = useEndFollowUp();
  const mark = (state: FollowUpState) =>
    end.mutate(
      { one, state },
      {
        onSuccess: () => void message.success(t(`notes.marked.${state}`)),
        onError: (error) => void message.error(error.message),
      },
    );
  const tone = one.due === "overdue" ? "bad" : one.due === "today" ? "warn" : "plain";
  const assignee = one.assignee_name ?? t("notes.someone");
  return (
    <li className={styles.item} data-ended={one.state !== "open"}>
      {mayWrite && one.state === "open" && (
        <Button
          size="small"
          shape="circle"
          icon={<CheckOutlined />}
          loading={end.isPending}
          aria-label={t("notes.markDone")}
          title={t("notes.markDone")}
          onClick={() => mark("done")}
        />
      )}
      <div className={styles.words}>
        <div className={styles.text}>{one.text}</div>
        <div className={styles.meta}>
          {hasName && (
            <Go to={`/members/${one.member_id}?tab=notes`} className={styles.link}>
              {nameOf({ name: one.member_name, number: one.member_number })}
            </Go>
          )}
          {one.due && (
            <Swatch tone={tone}>
              {t(`notes.due.${one.due}`)} {moment(one.due_at)}
            </Swatch>
          )}
          {!one.due && one.ended_at && (
            <span>
              {t(`notes.endedBy.${one.state === "done" ? "done" : "cancelled"}`, {
                name: one.ended_by_name ?? t("notes.someone"),
                at: moment(one.ended_at),
              })}
            </span>
          )}
          <span>{t("notes.assignedTo", { name: assignee })}</span>
        </div>
      </div>
      {mayWrite &&
        (one.state === "open" ? (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                ...(one.may_change ? [{ key: "change", label: t("notes.change") }] : []),
                { key: "cancelled", label: t("notes.cancelIt") },
              ],
              onClick: ({ key }) => (key === "change" ? onChange() : mark("cancelled")),
            }}
          >
            <Button size="small" type="text" icon={<MoreOutlined />} aria-label={t("notes.more")} />
          </Dropdown>
        ) : (
          <Button size="small" type="text" icon={<UndoOutlined />} onClick={() => mark("open")}>
            {t("notes.reopen")}
          </Button>
        ))}
    </li>
  );
}
