import { Button, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { useNotices, useReadAll, useUnread } from "../../api/notices";
import { Card } from "../../kit/Card";
import { Keyset } from "../../kit/Keyset";
import { keysetDefaults } from "../../kit/keysetState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useUrlState } from "../../kit/useUrlState";
import { Choices } from "./Choices";
import { NoticeList } from "./NoticeList";
import styles from "./notices.module.css";

const defaults = { ...keysetDefaults, unread: "" };

/** Everything a person was told, and what they want to be told of. */
export function NoticesPage() {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(defaults);
  const { data: unread } = useUnread();
  const readAll = useReadAll();
  const query = {
    limit: Number(state.limit),
    ...(state.cursor && { cursor: state.cursor }),
    ...(state.unread && { unread: true }),
  };
  const notices = useNotices(query, unread?.newest);
  const newest = unread?.newest ?? null;
  return (
    <Page
      title={t("notices.title")}
      purpose={t("notices.purpose")}
      action={
        <Button
          disabled={newest === null}
          loading={readAll.isPending}
          onClick={() => newest !== null && readAll.mutate(newest)}
        >
          {t("notices.readAll")}
        </Button>
      }
    >
      <div className={styles.columns}>
        <Card isFlush>
          <div className={styles.filter}>
            <Switch
              id="unread"
              checked={state.unread === "1"}
              onChange={(on) => patch({ unread: on ? "1" : "", cursor: "" })}
            />
            <label htmlFor="unread">{t("notices.unread")}</label>
          </div>
          <Loaded of={notices} rows={8} minHeight={320}>
            {(page) => (
              <>
                <div className={styles.wide}>
                  <NoticeList notices={page.items} isFiltered={state.unread === "1"} />
                </div>
                <Keyset state={state} patch={patch} next={page.next} />
              </>
            )}
          </Loaded>
        </Card>
        <Choices />
      </div>
    </Page>
  );
}
