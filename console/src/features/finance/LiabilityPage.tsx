import { DownloadOutlined, WalletOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { save } from "../../api/files";
import { liabilityFile, useLiability } from "../../api/statements";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import styles from "./finance.module.css";
import { LiabilityCard } from "./LiabilityCard";

export function LiabilityPage() {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const liability = useLiability();
  const file = useMutation({ mutationFn: () => save(liabilityFile(), "liability.csv") });
  return (
    <Page
      title={t("finance.liability.title")}
      purpose={
        <>
          {t("finance.liability.purpose")}
          <span className="aside num">
            {liability.data && t("finance.liability.asOf", { at: moment(liability.data.as_of) })}
          </span>
        </>
      }
      action={
        <Button icon={<DownloadOutlined />} loading={file.isPending} onClick={() => file.mutate()}>
          {t("finance.liability.csv")}
        </Button>
      }
    >
      <Refusal error={file.error} />
      <Loaded of={liability} isPage rows={12} minHeight={480}>
        {(data) =>
          data.items.length === 0 ? (
            <Card>
              <EmptyState
                icon={<WalletOutlined />}
                title={t("finance.liability.empty")}
                hint={t("finance.liability.emptyHint")}
              />
            </Card>
          ) : (
            <div className={styles.stack}>
              {data.items.map((one) => (
                <LiabilityCard key={one.currency.code} liability={one} money={data.money} asOf={data.as_of} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
