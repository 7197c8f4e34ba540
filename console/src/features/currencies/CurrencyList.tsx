import { WalletOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useCurrencies } from "../../api/currencies";
import { useMay } from "../../api/session";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import styles from "./currencies.module.css";
import { useTold } from "./useTold";

export function CurrencyList() {
  const { t } = useTranslation();
  const { name } = useFormat();
  const go = useGo();
  const told = useTold();
  const mayWrite = useMay()("currencies.write");
  const currencies = useCurrencies();
  return (
    <Page
      title={t("currencies.title")}
      purpose={t("currencies.purpose")}
      action={
        mayWrite && (
          <Button type="primary" onClick={() => go("/settings/currencies/new")}>
            {t("currencies.add")}
          </Button>
        )
      }
    >
      <Loaded of={currencies} isPage rows={10} minHeight={360}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyState
                icon={<WalletOutlined />}
                title={t("currencies.empty.title")}
                hint={t("currencies.empty.hint")}
              />
            </Card>
          ) : (
            <div className={styles.grid}>
              {items.map((one) => (
                <Card
                  key={one.code}
                  title={name(one.name)}
                  note={`${t(`currencies.kind.${one.kind}`)} · ${t("currencies.code", { code: one.code })}`}
                  extra={
                    mayWrite && (
                      <Button
                        aria-label={`${t("currencies.edit")} ${name(one.name)}`}
                        onClick={() => go(`/settings/currencies/${one.code}`)}
                      >
                        {t("currencies.edit")}
                      </Button>
                    )
                  }
                >
                  <ul className={styles.sentences}>
                    {told(one).map((sentence) => (
                      <li key={sentence}>{sentence}</li>
                    ))}
                  </ul>
                </Card>
              ))}
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}
