import { useTranslation } from "react-i18next";
import { useMemberOverview } from "../../api/members";
import { Loaded } from "../../kit/Loaded";
import { MemberFigures } from "./MemberFigures";
import { MemberIdentity } from "./MemberIdentity";
import { sectionData } from "./overview";
import styles from "./profile.module.css";
import { Favourites } from "./sections/Favourites";
import { PointsExpiring } from "./sections/PointsExpiring";
import { TierProgress } from "./sections/TierProgress";

export function MemberPreview({ id }: { id: string }) {
  const { t } = useTranslation();
  const overview = useMemberOverview(id);
  return (
    <Loaded of={overview} rows={10}>
      {(data) => (
        <div className={styles.preview}>
          <MemberIdentity member={data.member} />
          <MemberFigures overview={data} columns={2} />
          {sectionData(data, "tier") && (
            <section>
              <h3>{t("members.progress.title")}</h3>
              <TierProgress overview={data} />
            </section>
          )}
          <section>
            <h3>{t("members.expiring.title")}</h3>
            <PointsExpiring overview={data} />
          </section>
          <section>
            <h3>{t("members.favourites.title")}</h3>
            <Favourites overview={data} />
          </section>
        </div>
      )}
    </Loaded>
  );
}
