import { useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Benefit, useAddBenefit, useBenefits, useSaveBenefit } from "../../api/benefits";
import { Refused } from "../../api/client";
import { useSystem } from "../../api/system";
import { NotFound } from "../../app/NotFound";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { BenefitForm } from "./BenefitForm";
import { startValues, type Values, valuesOf, wishOf } from "./formValues";

const home = "/loyalty/benefits";

export function AddBenefit() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const { data: system } = useSystem();
  const add = useAddBenefit();
  const submit = (values: Values) =>
    add.mutate(
      { ...wishOf(values, system?.currency ?? "CNY"), code: values.code },
      {
        onSuccess: () => {
          void message.success(t("benefits.form.added"));
          go(home);
        },
      },
    );
  return (
    <Page breadcrumb={<Go to={home}>{t("benefits.title")}</Go>} title={t("benefits.form.addTitle")}>
      <BenefitForm
        start={startValues}
        isNew
        isBusy={add.isPending}
        refusal={<Refusal error={add.error} />}
        onSubmit={submit}
      />
    </Page>
  );
}

export function EditBenefit() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const benefits = useBenefits();
  return (
    <Loaded of={benefits} isPage rows={12} minHeight={480}>
      {(items) => {
        const found = items.find((one) => one.code === code);
        return found ? <Editing newest={found} /> : <NotFound />;
      }}
    </Loaded>
  );
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({ newest }: { newest: Benefit }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  const { message } = App.useApp();
  const go = useGo();
  const { data: system } = useSystem();
  const money = system?.currency ?? "CNY";
  const [opened, setOpened] = useState(newest);
  const benefits = useBenefits();
  const save = useSaveBenefit();
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const reload = async () => {
    const { data } = await benefits.refetch();
    const found = data?.find((one) => one.code === opened.code);
    if (found) setOpened(found);
    save.reset();
  };
  const submit = (values: Values) =>
    save.mutate(
      { code: opened.code, version: opened.version, body: wishOf(values, money) },
      {
        onSuccess: () => {
          void message.success(t("benefits.form.saved"));
          go(home);
        },
      },
    );
  return (
    <Page
      breadcrumb={<Go to={home}>{t("benefits.title")}</Go>}
      title={t("benefits.form.editTitle", { name: name(opened.name) })}
      purpose={t("benefits.form.purpose")}
    >
      <BenefitForm
        key={opened.version}
        start={valuesOf(opened, money)}
        isNew={false}
        isBusy={save.isPending}
        refusal={
          <Refusal
            error={save.error}
            action={hasMoved && <Button onClick={() => void reload()}>{t("benefits.form.reload")}</Button>}
          />
        }
        onSubmit={submit}
      />
    </Page>
  );
}
