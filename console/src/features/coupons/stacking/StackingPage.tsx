import { App, Button, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Refused } from "../../../api/client";
import {
  type StackingAnswer as Answer,
  type Stacking,
  useSaveStacking,
  useStacking,
} from "../../../api/coupons";
import { useMay } from "../../../api/session";
import { useSystem } from "../../../api/system";
import { Card } from "../../../kit/Card";
import { Loaded } from "../../../kit/Loaded";
import { Page } from "../../../kit/Page";
import { Refusal } from "../../../kit/Refusal";
import styles from "../coupons.module.css";
import { FormContext } from "../form/context";
import { GroupList } from "./GroupList";
import { OrderRules } from "./OrderRules";
import { PairMatrix } from "./PairMatrix";
import { Trial } from "./Trial";

/** How coupons combine, with a place to try it out. */
export function StackingPage() {
  const { t } = useTranslation();
  const stacking = useStacking();
  return (
    <Page title={t("coupons.stacking.title")} purpose={t("coupons.stacking.purpose")}>
      <Loaded of={stacking} isPage rows={12} minHeight={480}>
        {(found) => <Editing newest={found} onReload={() => stacking.refetch().then(({ data }) => data)} />}
      </Loaded>
    </Page>
  );
}

interface Props {
  newest: Answer;
  onReload: () => Promise<Answer | undefined>;
}

/** Holds on to the version that was opened: what others save meanwhile never changes the form under somebody's hands. */
function Editing({ newest, onReload }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: system } = useSystem();
  const mayWrite = useMay()("coupons.write");
  const [opened, setOpened] = useState(newest);
  const [value, setValue] = useState<Stacking>(newest.stacking);
  const save = useSaveStacking();
  const open = (found: Answer) => {
    setOpened(found);
    setValue(found.stacking);
    save.reset();
  };
  const hasMoved = save.error instanceof Refused && save.error.status === 412;
  const problems = save.error instanceof Refused ? (save.error.problem.errors ?? []) : [];
  const isDirty = JSON.stringify(value) !== JSON.stringify(opened.stacking);
  const submit = () =>
    save.mutate(
      { seen: opened.version, stacking: value },
      {
        onSuccess: (found) => {
          open(found);
          void message.success(t("coupons.stacking.saved"));
        },
      },
    );
  return (
    <FormContext.Provider value={{ money: system?.currency ?? "CNY", problems }}>
      <div className={styles.columns}>
        <Form layout="vertical" component="div" disabled={!mayWrite}>
          <GroupList value={value} inUse={opened.in_use} onChange={setValue} />
          <PairMatrix value={value} isDisabled={!mayWrite} onChange={setValue} />
          <OrderRules value={value} onChange={setValue} />
          {mayWrite && (
            <Card>
              <Refusal
                error={save.error}
                action={
                  hasMoved && (
                    <Button onClick={() => void onReload().then((found) => found && open(found))}>
                      {t("coupons.stacking.reload")}
                    </Button>
                  )
                }
              />
              {problems.map((problem) => (
                <p key={problem.pointer + problem.detail}>{problem.detail}</p>
              ))}
              <div className={styles.buttons}>
                <Button type="primary" loading={save.isPending} disabled={!isDirty} onClick={submit}>
                  {t("coupons.stacking.save")}
                </Button>
                {isDirty && <span className={styles.quiet}>{t("coupons.stacking.dirty")}</span>}
              </div>
            </Card>
          )}
        </Form>
        {mayWrite && (
          <div className={styles.side}>
            <Trial stacking={value} />
          </div>
        )}
      </div>
    </FormContext.Provider>
  );
}
