import { useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import type { Currency } from "../../api/contract";
import { useAddCurrency, useCurrencies, useSaveCurrency } from "../../api/currencies";
import { useSystem } from "../../api/system";
import { NotFound } from "../../app/NotFound";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { CurrencyForm } from "./CurrencyForm";
import { policiesOf, startValues, type Values, valuesOf } from "./formValues";

export function AddCurrency() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const { data: system } = useSystem();
  const add = useAddCurrency();
  const submit = (values: Values) =>
    add.mutate(
      { ...policiesOf(values, system?.currency ?? "CNY"), code: values.code, kind: values.kind },
      {
        onSuccess: () => {
          void message.success(t("currencies.form.added"));
          go("/settings/currencies");
        },
      },
    );
  return (
    <Page
      breadcrumb={<Go to="/settings/currencies">{t("currencies.title")}</Go>}
      title={t("currencies.form.addTitle")}
    >
      <CurrencyForm
        start={startValues}
        isNew
        isBusy={add.isPending}
        refusal={<Refusal error={add.error} />}
        onSubmit={submit}
      />
    </Page>
  );
}

export function EditCurrency() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const currencies = useCurrencies();
  return (
    <Loaded of={currencies} isPage rows={12} minHeight={480}>
      {(items) => {
        const found = items.find((one) => one.code === code);
        return found ? <Editing newest={found} /> : <NotFound />;
      }}
    </Loaded>
  );
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({ newest }: { newest: Currency }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const go = useGo();
  const { data: system } = useSystem();
  const money = system?.currency ?? "CNY";
  const [opened, setOpened] = useState(newest);
  const currencies = useCurrencies();
  const save = useSaveCurrency();
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const reload = async () => {
    const { data } = await currencies.refetch();
    const found = data?.find((one) => one.code === opened.code);
    if (found) setOpened(found);
    save.reset();
  };
  const submit = (values: Values) =>
    save.mutate(
      { code: opened.code, version: opened.version, body: policiesOf(values, money) },
      {
        onSuccess: () => {
          void message.success(t("currencies.form.saved"));
          go("/settings/currencies");
        },
      },
    );
  return (
    <Page
      breadcrumb={<Go to="/settings/currencies">{t("currencies.title")}</Go>}
      title={t("currencies.form.editTitle", { name: name(opened.name) })}
      purpose={t("currencies.form.purpose")}
    >
      <CurrencyForm
        key={opened.version}
        start={valuesOf(opened, money)}
        isNew={false}
        isBusy={save.isPending}
        refusal={
          <Refusal
            error={save.error}
            action={
              hasMoved && (
                <Button title={t("currencies.form.reloadHint")} onClick={() => void reload()}>
                  {t("currencies.form.reload")}
                </Button>
              )
            }
          />
        }
        onSubmit={submit}
      />
    </Page>
  );
}
