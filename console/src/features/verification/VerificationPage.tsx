import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useVerifications, useVerifyNow } from "../../api/verification";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { About } from "./About";
import { History } from "./History";
import { Latest } from "./Latest";
import { PublicKey } from "./PublicKey";
import { Roots } from "./Roots";
import { TrialBalance } from "./TrialBalance";
import styles from "./verification.module.css";

export function VerificationPage() {
  const { t } = useTranslation();
  const verifications = useVerifications();
  const verify = useVerifyNow();
  const isRunning = verifications.data?.pages[0]?.items[0]?.state === "running";
  return (
    <Page
      title={t("verification.title")}
      purpose={t("verification.purpose")}
      action={
        <Button
          type="primary"
          loading={verify.isPending}
          disabled={isRunning}
          onClick={() => verify.mutate()}
        >
          {t("verification.start")}
        </Button>
      }
    >
      <Refusal error={verify.error} />
      <div className={styles.stack}>
        <div className={styles.pair}>
          <Card title={t("verification.latest.title")}>
            <Loaded of={verifications} rows={4} minHeight={120}>
              {(data) => <Latest found={data.pages.flatMap((page) => page.items)} />}
            </Loaded>
          </Card>
          <Card title={t("verification.about.title")}>
            <About />
          </Card>
        </div>
        <TrialBalance />
        <History verifications={verifications} />
        <Roots />
        <PublicKey />
      </div>
    </Page>
  );
}
