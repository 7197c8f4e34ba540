import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useCheckoutPolicies, useWaitingRefunds } from "../../api/checkout";
import { useMay } from "../../api/session";
import { useSystem } from "../../api/system";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./checkout.module.css";
import { PolicyForm } from "./PolicyForm";
import { QuotePanel } from "./QuotePanel";
import { WaitingRefunds } from "./WaitingRefunds";

/** How points pay, what refunds do, which refunds wait, and a cart to try it on. */
export function CheckoutPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ tab }, patch] = useUrlState({ tab: "policies" });
  const { data: waiting } = useWaitingRefunds();
  const tabs = [
    { key: "policies", label: t("checkout.tab.policies"), children: <Policies /> },
    {
      key: "waiting",
      label: waiting?.length
        ? t("checkout.tab.waitingCount", { count: waiting.length })
        : t("checkout.tab.waiting"),
      children: <WaitingRefunds />,
    },
    { key: "quote", label: t("checkout.tab.quote"), children: <QuotePanel /> },
  ];
  return (
    <Page title={t("checkout.title")} purpose={t("checkout.purpose")}>
      <Tabs
        activeKey={tab}
        onChange={(key) => patch({ tab: key })}
        items={tabs.filter((one) => one.key !== "quote" || may("orders.write"))}
        className={styles.tabs}
      />
    </Page>
  );
}

function Policies() {
  const policies = useCheckoutPolicies();
  const system = useSystem();
  return (
    <Loaded of={policies} isPage rows={12} minHeight={480}>
      {(kept) => (
        <Loaded of={system} isPage rows={12} minHeight={480}>
          {({ currency }) => <PolicyForm newest={kept} money={currency} />}
        </Loaded>
      )}
    </Loaded>
  );
}
