import { CheckOutlined, FileProtectOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Channel,
  channels,
  type Notice,
  type Purpose,
  useNotices,
  usePurposes,
} from "../../api/consents";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import styles from "./consent.module.css";
import { NoticeEditor } from "./NoticeEditor";
import { useNoticeName } from "./useNoticeName";

/** What data is used for, and what members are told. */
export function ConsentPage() {
  const { t } = useTranslation();
  const purposes = usePurposes();
  const policy = purposes.data?.policy;
  const columns = usePurposeColumns();
  return (
    <Page title={t("consent.title")} purpose={t("consent.purpose")}>
      <div className={styles.stack}>
        <Card title={t("consent.purposes.title")} note={t("consent.purposes.note")} isFlush>
          <DataTable
            rows={purposes.data?.items}
            columns={columns}
            rowKey={(one) => one.code}
            error={purposes.error}
            onRetry={() => void purposes.refetch()}
            card={(one) => <PurposeCard purpose={one} />}
            empty={<EmptyState title={t("consent.purposes.title")} />}
          />
          {policy && (
            <p className={`${styles.quiet} ${styles.policy}`}>
              {t("consent.policy", { days: policy.cooldown_days, age: policy.minor_age })}
            </p>
          )}
        </Card>
        <Notices purposes={purposes.data?.items ?? []} />
      </div>
    </Page>
  );
}

function usePurposeColumns(): Column<Purpose>[] {
  const { t } = useTranslation();
  const { name, count } = useFormat();
  const uses = (purpose: Purpose, channel: Channel) => purpose.channels.includes(channel);
  return [
    {
      key: "purpose",
      title: t("consent.column.purpose"),
      isFixed: true,
      render: (one) => (
        <>
          <span className={styles.name}>{name(one.name)}</span>{" "}
          {one.is_separate && <Tag>{t("consent.separate")}</Tag>}
          {!one.is_active && <Tag>{t("consent.off")}</Tag>}
        </>
      ),
    },
    { key: "basis", title: t("consent.column.basis"), render: (one) => t(`consent.basis.${one.basis}`) },
    ...channels.map((channel) => ({
      key: channel,
      title: t(`consent.channel.${channel}`),
      render: (one: Purpose) =>
        uses(one, channel) ? <CheckOutlined aria-label={t("consent.member.allowed")} /> : null,
    })),
    {
      key: "kept",
      title: t("consent.column.kept"),
      isNumber: true,
      render: (one) =>
        one.retention_days
          ? t("consent.days", { days: count(one.retention_days) })
          : t("consent.whileMember"),
    },
  ];
}

function PurposeCard({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  return (
    <>
      <div className={styles.head}>
        <span className={styles.name}>{name(purpose.name)}</span>
        {!purpose.is_active && <Tag>{t("consent.off")}</Tag>}
      </div>
      <div className={styles.quiet}>{t(`consent.basis.${purpose.basis}`)}</div>
      <div className={styles.chips}>
        {purpose.channels.map((channel) => (
          <Tag key={channel}>{t(`consent.channel.${channel}`)}</Tag>
        ))}
      </div>
    </>
  );
}

function Notices({ purposes }: { purposes: Purpose[] }) {
  const { t } = useTranslation();
  const notices = useNotices();
  const [edited, setEdited] = useState<string | null>(null);
  const known = notices.data?.items ?? [];
  const codes = [...new Set([...purposes.map((one) => one.notice_code), ...known.map((one) => one.code)])];
  return (
    <Card title={t("consent.notices.title")} note={t("consent.notices.note")}>
      <Loaded of={notices} rows={4}>
        {({ items }) =>
          codes.length === 0 ? (
            <EmptyState
              icon={<FileProtectOutlined />}
              title={t("consent.notices.none")}
              hint={t("consent.notices.noneHint")}
            />
          ) : (
            <>
              {codes.map((code) => (
                <NoticeRow
                  key={code}
                  code={code}
                  versions={items.filter((one) => one.code === code)}
                  onEdit={() => setEdited(code)}
                />
              ))}
              {edited && (
                <NoticeEditor
                  key={edited}
                  code={edited}
                  versions={items.filter((one) => one.code === edited)}
                  onClose={() => setEdited(null)}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Card>
  );
}

function NoticeRow({ code, versions, onEdit }: { code: string; versions: Notice[]; onEdit: () => void }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const noticeName = useNoticeName();
  const mayPublish = useMay()("notices.publish");
  const published = versions.find((one) => one.published_at);
  const draft = versions.find((one) => !one.published_at);
  return (
    <div className={styles.row}>
      <div>
        <div className={styles.name}>{noticeName(code)}</div>
        <div className={styles.quiet}>
          {published?.published_at
            ? t("consent.notices.published", {
                version: published.version,
                at: moment(published.published_at),
              })
            : t("consent.notices.missing")}
        </div>
        {published?.hash && (
          <div className={styles.hash}>
            {t("consent.notices.fingerprint", { hash: published.hash.slice(0, 16) })}
          </div>
        )}
      </div>
      <div className={styles.head}>
        {draft && <Tag color="orange">{t("consent.notices.draft", { version: draft.version })}</Tag>}
        {mayPublish && <Button onClick={onEdit}>{t("consent.notices.edit")}</Button>}
      </div>
    </div>
  );
}
