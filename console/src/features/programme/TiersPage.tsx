import { CrownOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { useTiers } from "../../api/tiers";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Levels } from "./Levels";
import styles from "./programme.module.css";
import { Scheme } from "./Scheme";

export function TiersPage() {
  const { t } = useTranslation();
  const tiers = useTiers();
  return (
    <Page title={t("programme.title")} purpose={t("programme.purpose")}>
      <Loaded of={tiers} isPage rows={8} minHeight={360}>
        {(data) =>
          data.levels.length === 0 ? (
            <Card>
              <EmptyState
                icon={<CrownOutlined />}
                title={t("programme.empty.title")}
                hint={t("programme.empty.hint")}
              />
            </Card>
          ) : (
            <div className={styles.page}>
              <Card title={t("programme.levels.title")}>
                <Levels levels={data.levels} />
              </Card>
              <Scheme scheme={data.scheme} />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
