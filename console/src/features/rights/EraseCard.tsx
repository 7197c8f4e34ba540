import { Alert, Button, Checkbox, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type ErasurePreview,
  type RequestPage,
  useErasurePreview,
  useWorkOnRequest,
} from "../../api/requests";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./rights.module.css";

/** What erasing would take away and what has to stay, and the words that do it. */
export function EraseCard({ page: { request } }: { page: RequestPage }) {
  const { t } = useTranslation();
  const { day } = useFormat();
  const mayErase = useMay()("requests.erase");
  const isOpen = request.state === "open";
  const preview = useErasurePreview(request.id, isOpen);
  if (request.state === "cooling")
    return (
      <Card title={t("rights.erase.title")}>
        <Alert
          type="warning"
          showIcon
          title={
            request.erase_on
              ? t("rights.erase.waiting", { day: day(request.erase_on) })
              : t("rights.erase.running")
          }
        />
      </Card>
    );
  if (!isOpen) return null;
  return (
    <Card title={t("rights.erase.title")}>
      <Loaded of={preview} rows={6} minHeight={240}>
        {(data) => (
          <>
            <Parts preview={data} />
            {mayErase && <Confirmation id={request.id} preview={data} />}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Parts({ preview }: { preview: ErasurePreview }) {
  const { t } = useTranslation();
  const { name, count, points } = useFormat();
  const rows = (value: number) => (
    <span className={styles.quiet}>{t("rights.erase.rows", { count: value })}</span>
  );
  const goes = preview.parts.filter((part) => !part.kept || part.is_erased);
  const stays = preview.parts.filter((part) => part.kept);
  return (
    <>
      <div className={styles.columns}>
        <div>
          <strong>{t("rights.erase.goes")}</strong>
          <ul>
            {goes.map((part) => (
              <li key={part.key}>
                {name(part.label)} {rows(part.rows)}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <strong>{t("rights.erase.stays")}</strong>
          <ul>
            {stays.map((part) => (
              <li key={part.key}>
                {name(part.label)} {!part.is_erased && rows(part.rows)}
                <div className={styles.quiet}>{part.kept && name(part.kept)}</div>
              </li>
            ))}
          </ul>
        </div>
      </div>
      {preview.people > 1 && <p>{t("rights.erase.people", { count: preview.people - 1 })}</p>}
      <Alert
        type="warning"
        showIcon
        className={styles.action}
        title={t("rights.erase.points", {
          points: points(preview.points_lost),
          count: count(preview.points_lost),
        })}
      />
    </>
  );
}

function Confirmation({ id, preview }: { id: number; preview: ErasurePreview }) {
  const { t } = useTranslation();
  const work = useWorkOnRequest(id);
  const [typed, setTyped] = useState("");
  const [isTold, setTold] = useState(false);
  if (preview.is_on_hold) return <Alert type="error" showIcon title={t("rights.detail.hold")} />;
  return (
    <Form layout="vertical" className={styles.action}>
      <Form.Item>
        <Checkbox checked={isTold} onChange={(event) => setTold(event.target.checked)}>
          {t("rights.erase.told")}
        </Checkbox>
      </Form.Item>
      <Form.Item label={t("rights.erase.confirm", { number: preview.number })} htmlFor="confirm-erasure">
        <Input
          id="confirm-erasure"
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
        />
      </Form.Item>
      <Refusal error={work.error} />
      <Button
        danger
        type="primary"
        disabled={!isTold || typed.trim().toUpperCase() !== preview.number}
        loading={work.isPending}
        onClick={() => work.mutate({ kind: "erasure", confirm: typed, isTold })}
      >
        {preview.cooling_days === 0
          ? t("rights.erase.now")
          : t("rights.erase.cooling", { count: preview.cooling_days })}
      </Button>
    </Form>
  );
}
