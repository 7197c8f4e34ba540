import { BellOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import type { StaffNotice } from "../../api/contract";
import { useRead } from "../../api/notices";
import { EmptyState } from "../../kit/EmptyState";
import { Go } from "../../kit/Go";
import { useFormat } from "../../kit/useFormat";
import styles from "./notices.module.css";

interface Props {
  notices: StaffNotice[];
  /** Only unread ones were asked for. */
  isFiltered?: boolean;
  onOpen?: () => void;
}

export function NoticeList({ notices, isFiltered = false, onOpen }: Props) {
  const { t } = useTranslation();
  if (notices.length === 0) {
    const words = isFiltered ? "allRead" : "empty";
    return (
      <EmptyState
        icon={<BellOutlined />}
        title={t(`notices.${words}.title`)}
        hint={t(`notices.${words}.hint`)}
      />
    );
  }
  return (
    <ul className={styles.list}>
      {notices.map((notice) => (
        <li key={notice.id}>
          <Line notice={notice} onOpen={onOpen} />
        </li>
      ))}
    </ul>
  );
}

function Line({ notice, onOpen }: { notice: StaffNotice; onOpen?: () => void }) {
  const { t } = useTranslation();
  const { since } = useFormat();
  const read = useRead();
  const open = () => {
    if (!notice.read_at) read.mutate(notice.id);
    onOpen?.();
  };
  const words = (
    <>
      <span className={styles.dot} data-tone={notice.tone} aria-hidden="true" />
      <span className={styles.words}>
        <span className={styles.title}>
          {notice.title}
          {!notice.read_at && <span className={styles.hidden}>{t("notices.isNew")}</span>}
        </span>
        {notice.detail && <span className={styles.detail}>{notice.detail}</span>}
        <span className={styles.when}>{since(notice.told_at)}</span>
      </span>
    </>
  );
  const className = `${styles.line} ${notice.read_at ? styles.read : ""}`;
  if (notice.link) {
    return (
      <Go to={notice.link} className={className} onClick={open}>
        {words}
      </Go>
    );
  }
  return (
    <button
      type="button"
      className={className}
      onClick={() => {
        if (!notice.read_at) read.mutate(notice.id);
      }}
    >
      {words}
    </button>
  );
}
