import { CrownOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useMay } from "../../api/session";
import { useTiers } from "../../api/tiers";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useGo } from "../../kit/useGo";
import { Levels } from "./Levels";
import styles from "./programme.module.css";
import { Rejudging } from "./Rejudging";
import { Scheme } from "./Scheme";

export function TiersPage() {
  const { t } = useTranslation();
  const go = useGo();
  const mayWrite = useMay()("tiers.write");
  const tiers = useTiers();
  return (
    <Page
      title={t("programme.title")}
      purpose={t("programme.purpose")}
      action={
        mayWrite && (
          <Button type="primary" onClick={() => go("/loyalty/tiers/edit")}>
            {t("programme.edit")}
          </Button>
        )
      }
    >
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
                <Levels tiers={data} />
              </Card>
              <Scheme scheme={data.scheme} />
              <Rejudging />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
