import { CloudOutlined, ShopOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useStores } from "../../api/stores";
import { useSystem } from "../../api/system";
import { useLanguageOf } from "../../app/Preferences";
import { FullPage } from "../../kit/FullPage";
import { NoPermission } from "../../kit/NoPermission";
import { Redirect } from "../../kit/Redirect";
import { useGo } from "../../kit/useGo";
import { useTitle } from "../../kit/useTitle";
import { Waiting } from "../../kit/Waiting";
import { type TillSession, useTillSession } from "./offline/cashier";
import { refreshProducts } from "./offline/products";
import { useConnection } from "./offline/useConnection";
import { keepTill } from "./offline/worker";
import { StoreChoice } from "./StoreChoice";
import { Till } from "./Till";
import { useStore } from "./useStore";

const copyMs = 20 * 60_000;

/** The till, outside the console's frame: for somebody who is signed in, or who sold here when the network went away. */
export function TillPage() {
  const { t } = useTranslation();
  const till = useTillSession();
  useTitle(t("till.title"));
  useLanguageOf(till.kind === "signedIn" ? till.session.user : undefined);
  if (till.kind === "pending") return <Waiting rows={8} minHeight={400} />;
  if (till.kind === "signedOut") return <Redirect to="/sign-in?from=/till" />;
  if (till.kind === "unreachable") {
    return (
      <FullPage
        mark={<CloudOutlined />}
        title={t("kit.unreachable.title")}
        hint={t("till.unreachable")}
        action={
          <Button type="primary" onClick={() => window.location.reload()}>
            {t("kit.unreachable.action")}
          </Button>
        }
      />
    );
  }
  if (till.kind === "signedIn") {
    const must = till.session.must_first;
    if (must) return <Redirect to={must === "password" ? "/password" : "/account"} />;
    if (!till.session.permissions.includes("orders.write")) return <NoPermission />;
  }
  return <Opened till={till} />;
}

function Opened({ till }: { till: Extract<TillSession, { kind: "signedIn" | "offline" }> }) {
  const { t } = useTranslation();
  const go = useGo();
  const { isOnline } = useConnection();
  const session = till.kind === "signedIn" ? till.session : null;
  useSystem(session !== null);
  const { data: stores } = useStores(session !== null);
  const { store, choose, choices } = useStore(stores, session?.stores ?? null);

  useEffect(() => void keepTill().catch(() => undefined), []);
  useEffect(() => {
    if (!isOnline) return;
    const copy = () => void refreshProducts().catch(() => undefined);
    copy();
    const timer = setInterval(copy, copyMs);
    return () => clearInterval(timer);
  }, [isOnline]);

  if (stores === undefined) return <Waiting rows={8} minHeight={400} />;
  if (choices.length === 0) {
    return (
      <FullPage
        mark={<ShopOutlined />}
        title={t("till.noStore.title")}
        hint={t("till.noStore.hint")}
        action={
          <Button type="primary" onClick={() => go("/")}>
            {t("kit.forbidden.action")}
          </Button>
        }
      />
    );
  }
  if (!store) return <StoreChoice choices={choices} onChoose={choose} />;
  const cashier = session?.user ?? (till.kind === "offline" ? till.cashier : null);
  return (
    <Till
      key={store.code}
      store={store}
      session={session}
      cashier={cashier?.display_name || cashier?.username || ""}
      onLeaveStore={choices.length > 1 ? () => choose(null) : null}
    />
  );
}
