import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../api/client";
import type { Tiers, TiersWish } from "../../api/contract";
import { useSaveTiers, useTierSchema, useTiers } from "../../api/tiers";
import { Go } from "../../kit/Go";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useGo } from "../../kit/useGo";
import { TiersForm } from "./form/TiersForm";

export function EditTiers() {
  const { t } = useTranslation();
  const tiers = useTiers();
  const schema = useTierSchema();
  return (
    <Page
      breadcrumb={<Go to="/loyalty/tiers">{t("programme.title")}</Go>}
      title={t("programme.form.title")}
      purpose={t("programme.form.purpose")}
    >
      <Loaded of={tiers} isPage rows={12} minHeight={480}>
        {(data) => (
          <Loaded of={schema} isPage rows={12} minHeight={480}>
            {(description) => <Editing newest={data} description={description} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

interface Props {
  newest: Tiers;
  description: Parameters<typeof TiersForm>[0]["description"];
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({ newest, description }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const go = useGo();
  const tiers = useTiers();
  const save = useSaveTiers();
  const [opened, setOpened] = useState(newest);
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const reload = async () => {
    const { data } = await tiers.refetch();
    if (data) setOpened(data);
    save.reset();
  };
  const submit = (body: TiersWish) =>
    save.mutate(
      { version: opened.scheme.version, body },
      {
        onSuccess: () => {
          void message.success(t("programme.form.saved"));
          go("/loyalty/tiers");
        },
      },
    );
  return (
    <TiersForm
      key={opened.scheme.version}
      opened={opened}
      description={description}
      isBusy={save.isPending}
      onSubmit={submit}
      refusal={
        <Refusal
          error={save.error}
          action={hasMoved && <Button onClick={() => void reload()}>{t("programme.form.reload")}</Button>}
        />
      }
    />
  );
}
