import { SwapOutlined } from "@ant-design/icons";
import { Alert, App, Button, Form, Input } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { newKey } from "../../../api/attempt";
import { type MergePreview, type Side, useMerge, useMergePreview } from "../../../api/merges";
import { Loaded } from "../../../kit/Loaded";
import { nameOf } from "../../../kit/nameOf";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { FieldChoices } from "./FieldChoices";
import { MergeSide } from "./MergeSide";
import styles from "./merging.module.css";

interface Props {
  first: number;
  second: number;
  /** Another way out, beside merging. */
  other?: ReactNode;
  onDone: (survivor: number) => void;
}

/** Two members side by side: who stays, whose details stay, what moves, and why. */
export function MergePanel({ first, second, other, onDone }: Props) {
  const [survivor, setSurvivor] = useState(first);
  const [choices, setChoices] = useState<Record<string, Side>>({});
  const absorbed = survivor === first ? second : first;
  const preview = useMergePreview({ absorbed: String(absorbed), survivor: String(survivor), choices });
  const swap = () => {
    setSurvivor(absorbed);
    // Each keeps the value it had: the sides are exchanged with the people.
    setChoices(
      Object.fromEntries(
        Object.entries(choices).map(([field, side]) => [
          field,
          side === "survivor" ? "absorbed" : "survivor",
        ]),
      ),
    );
  };
  return (
    <Loaded of={preview} rows={10} minHeight={320}>
      {(data) => (
        <Told
          key={`${first}-${second}`}
          preview={data}
          choices={choices}
          onChoose={(field, side) => setChoices({ ...choices, [field]: side })}
          onSwap={swap}
          other={other}
          onDone={onDone}
        />
      )}
    </Loaded>
  );
}

interface ToldProps {
  preview: MergePreview;
  choices: Record<string, Side>;
  onChoose: (field: string, side: Side) => void;
  onSwap: () => void;
  other?: ReactNode;
  onDone: (survivor: number) => void;
}

function Told({ preview, choices, onChoose, onSwap, other, onDone }: ToldProps) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const merge = useMerge();
  const [key, setKey] = useState(newKey);
  const { absorbed, survivor } = preview;
  const isRefused = preview.refusals.length > 0;
  const submit = ({ reason }: { reason: string }) =>
    merge.mutate(
      { absorbed: String(absorbed.id), survivor: String(survivor.id), choices, reason: reason.trim(), key },
      {
        onSuccess: () => {
          void message.success(t("merges.done", { name: nameOf(survivor) }));
          onDone(survivor.id);
        },
        // What is sent after a refusal may be another wish.
        onError: () => setKey(newKey()),
      },
    );
  return (
    <>
      <div className={styles.sides}>
        <MergeSide title={t("merges.survivor")} member={survivor} isSurvivor />
        <Button
          className={styles.swap}
          icon={<SwapOutlined />}
          aria-label={t("merges.swap")}
          title={t("merges.swap")}
          onClick={onSwap}
        />
        <MergeSide title={t("merges.absorbed")} member={absorbed} />
      </div>
      <FieldChoices fields={preview.fields} choices={choices} onChoose={onChoose} />
      {preview.lines.length > 0 && (
        <>
          <h3 className={styles.heading}>{t("merges.moves")}</h3>
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t("merges.column.what")}</th>
                  <th scope="col">{t("merges.survivor")}</th>
                  <th scope="col">{t("merges.absorbed")}</th>
                  <th scope="col">{t("merges.column.after")}</th>
                </tr>
              </thead>
              <tbody>
                {preview.lines.map((line) => (
                  <tr key={line.label.en}>
                    <th scope="row">{name(line.label)}</th>
                    <td>{line.survivor}</td>
                    <td>{line.absorbed}</td>
                    <td className={styles.after}>{line.after}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {preview.refusals.map((refusal) => (
        <Alert
          key={refusal.code}
          type="warning"
          showIcon
          className={styles.refusal}
          title={t("merges.cannot")}
          description={refusal.detail}
        />
      ))}
      <Form<{ reason: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        className={styles.form}
      >
        <Form.Item
          name="reason"
          label={t("merges.field.reason")}
          extra={t("merges.field.reasonHelp")}
          rules={[{ required: true, whitespace: true, min: 2, message: t("merges.field.reasonMissing") }]}
        >
          <Input.TextArea rows={2} maxLength={300} disabled={isRefused} />
        </Form.Item>
        <Refusal error={merge.error} />
        <div className={styles.buttons}>
          {other}
          <Button type="primary" htmlType="submit" disabled={isRefused} loading={merge.isPending}>
            {t("merges.submit")}
          </Button>
        </div>
      </Form>
    </>
  );
}
