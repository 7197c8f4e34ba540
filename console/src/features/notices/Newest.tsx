import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNotices, useReadAll } from "../../api/notices";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { NoticeList } from "./NoticeList";
import styles from "./notices.module.css";

interface Props {
  newest: number | null;
  onClose: () => void;
}

/** The newest notices, under the bell. */
export function Newest({ newest, onClose }: Props) {
  const { t } = useTranslation();
  const notices = useNotices({ limit: 8 }, newest);
  const readAll = useReadAll();
  return (
    <>
      <div className={styles.head}>
        <b>{t("notices.title")}</b>
        {newest !== null && (
          <Button type="link" size="small" loading={readAll.isPending} onClick={() => readAll.mutate(newest)}>
            {t("notices.readAll")}
          </Button>
        )}
      </div>
      <Loaded of={notices} rows={4}>
        {(page) => (
          <div className={styles.scroll}>
            <NoticeList notices={page.items} onOpen={onClose} />
          </div>
        )}
      </Loaded>
      <div className={styles.foot}>
        <Go to="/notices" onClick={onClose}>
          {t("notices.all")}
        </Go>
      </div>
    </>
  );
}
