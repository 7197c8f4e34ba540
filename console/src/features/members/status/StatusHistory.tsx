import { useTranslation } from "react-i18next";
import { useMemberTimeline } from "../../../api/members";
import { useFormat } from "../../../kit/useFormat";
import styles from "./status.module.css";

/** What has happened to the member so far: joined, frozen, restored. */
export function StatusHistory({ member }: { member: number }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const timeline = useMemberTimeline(member, "member");
  const items = timeline.data?.pages[0]?.items.slice(0, 5) ?? [];
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t("memberStatus.history")}</h3>
      <ul className={styles.history}>
        {items.map((item) => (
          <li key={item.id}>
            <span className={styles.quiet}>{moment(item.at)}</span> {item.title}
            {item.summary && <span className={styles.quiet}> {item.summary}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
