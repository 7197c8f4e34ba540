import { Alert, Button, Segmented } from "antd";
import { useTranslation } from "react-i18next";
import { useFactors } from "../../api/account";
import { useKeepLanguage, useSession } from "../../api/session";
import { usePreferences } from "../../app/Preferences";
import { Card } from "../../kit/Card";
import { Fact, Facts } from "../../kit/Facts";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useGo } from "../../kit/useGo";
import styles from "./account.module.css";
import { OwnSignIns } from "./OwnSignIns";
import { Passkeys } from "./Passkeys";
import { TotpCard } from "./TotpCard";

export function AccountPage() {
  const { t } = useTranslation();
  const { data: session } = useSession();
  const { language, setLanguage } = usePreferences();
  const keep = useKeepLanguage();
  const factors = useFactors();
  const go = useGo();
  if (!session) return null;
  const choose = (next: typeof language) => {
    setLanguage(next);
    keep.mutate(next);
  };
  return (
    <Page title={t("session.account.title")} purpose={t("session.account.purpose")}>
      {session.must_first === "second_factor" && (
        <Alert type="warning" showIcon title={t("session.account.mustFactor")} className={styles.alert} />
      )}
      <div className={styles.grid}>
        <Card
          title={t("session.account.who")}
          extra={<Button onClick={() => go("/password")}>{t("session.change.submit")}</Button>}
        >
          <Facts>
            <Fact term={t("session.account.name")}>{session.user.display_name}</Fact>
            <Fact term={t("session.username")}>{session.user.username}</Fact>
            <Fact term={t("session.account.language")}>
              <Segmented
                aria-label={t("session.account.language")}
                value={language}
                onChange={choose}
                options={[
                  { value: "zh-CN" as const, label: t("frame.languageZh") },
                  { value: "en" as const, label: t("frame.languageEn") },
                ]}
              />
            </Fact>
          </Facts>
        </Card>
        <Loaded of={factors} isPage rows={4}>
          {(found) => (
            <>
              <TotpCard factors={found} />
              <Passkeys keys={found.passkeys} />
            </>
          )}
        </Loaded>
        <OwnSignIns />
      </div>
    </Page>
  );
}
