import { Input, type InputRef, Select } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useStores } from "../../../api/stores";
import { Card } from "../../../kit/Card";
import { EmptyState } from "../../../kit/EmptyState";
import { Page } from "../../../kit/Page";
import { Waiting } from "../../../kit/Waiting";
import { DayList } from "./DayList";
import { Field } from "./Field";
import { FoundCoupon } from "./FoundCoupon";
import styles from "./redeem.module.css";
import { useTillStore } from "./useTillStore";

/** Where a cashier scans a code and redeems it: one big field, one coupon, and what was redeemed today. */
export function RedeemPage() {
  const { t } = useTranslation();
  const { data: stores } = useStores();
  const { store, choose, choices } = useTillStore(stores);
  return (
    <Page
      title={t("couponRedeem.title")}
      purpose={t("couponRedeem.purpose")}
      action={
        choices.length > 1 ? (
          <Select
            showSearch={{ optionFilterProp: "label" }}
            className={styles.store}
            aria-label={t("couponRedeem.store")}
            value={store || undefined}
            onChange={choose}
            popupMatchSelectWidth={false}
            options={choices.map((one) => ({ value: one.code, label: one.name }))}
          />
        ) : (
          <span>{choices[0]?.name}</span>
        )
      }
    >
      {stores === undefined && (
        <Card>
          <Waiting rows={6} minHeight={320} />
        </Card>
      )}
      {stores !== undefined && store === "" && (
        <Card>
          <EmptyState
            title={t(stores.length > 0 ? "couponRedeem.noOwnStore.title" : "couponRedeem.noStore.title")}
            hint={t(stores.length > 0 ? "couponRedeem.noOwnStore.hint" : "couponRedeem.noStore.hint")}
          />
        </Card>
      )}
      {store && <Till key={store} store={store} />}
    </Page>
  );
}

function Till({ store }: { store: string }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  // Each scan is looked up anew, the same code too.
  const [shown, setShown] = useState<{ code: string; nth: number } | null>(null);
  const field = useRef<InputRef>(null);
  const next = () => {
    setTyped("");
    field.current?.focus();
  };
  const show = (code: string) => {
    if (code.trim()) setShown((before) => ({ code: code.trim(), nth: (before?.nth ?? 0) + 1 }));
    field.current?.select();
  };
  return (
    <div className={styles.till}>
      <div className={styles.stack}>
        <Card>
          <Field label={t("couponRedeem.code")} help={t("couponRedeem.codeHelp")}>
            {(id) => (
              <Input.Search
                id={id}
                ref={field}
                autoFocus
                size="large"
                maxLength={64}
                autoComplete="off"
                autoCapitalize="characters"
                spellCheck={false}
                value={typed}
                placeholder={t("couponRedeem.placeholder")}
                enterButton={t("couponRedeem.look")}
                onChange={(event) => setTyped(event.target.value)}
                onSearch={show}
              />
            )}
          </Field>
        </Card>
        {shown ? (
          <FoundCoupon key={shown.nth} code={shown.code} store={store} onDone={next} />
        ) : (
          <Card>
            <EmptyState title={t("couponRedeem.ready.title")} hint={t("couponRedeem.ready.hint")} />
          </Card>
        )}
      </div>
      <DayList store={store} />
    </div>
  );
}
