import { useParams, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Card } from "../../kit/Card";
import { Page } from "../../kit/Page";
import { useGo } from "../../kit/useGo";
import { useNarrow } from "../../kit/useNarrow";
import { Contents } from "./Contents";
import { Guide } from "./Guide";
import styles from "./help.module.css";
import { useGuideContents } from "./useGuide";

/** The guide on a page of its own, with its table of contents beside it. */
export function HelpPage() {
  const { t } = useTranslation();
  const go = useGo();
  const isNarrow = useNarrow();
  const { at } = useSearch({ strict: false }) as { at?: string };
  const { page = "README" } = useParams({ strict: false }) as { page?: string };
  const contents = useGuideContents();
  const title = contents.data?.find((one) => one.page === page)?.title;
  const open = (next: string, place?: string) =>
    go(`/help${next === "README" ? "" : `/${next}`}${place ? `?at=${place}` : ""}`);
  const list = (
    <Card>
      <Contents here={page} onOpen={open} />
    </Card>
  );
  return (
    <Page title={title ?? t("help.title")} purpose={t("help.purpose")}>
      <div className={styles.page}>
        {(!isNarrow || page === "README") && <aside className={styles.beside}>{list}</aside>}
        {(!isNarrow || page !== "README") && (
          <div className={styles.reading}>
            <Card>
              <Guide page={page} place={at} onOpen={open} />
            </Card>
          </div>
        )}
      </div>
    </Page>
  );
}
