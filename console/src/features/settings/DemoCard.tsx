import { Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Demo, DemoSwitch } from "../../api/contract";
import { useDemo } from "../../api/demo";
import { Card } from "../../kit/Card";
import { Loaded } from "../../kit/Loaded";
import styles from "./Demo.module.css";
import { DemoConfirm } from "./DemoConfirm";
import { DemoProgress } from "./DemoProgress";

type Choice = DemoSwitch["to"];
const CHOICES: Choice[] = ["chain", "online-retail", "empty"];

/** Exchanges a demonstration, or a shop with nothing in it, for another. */
export function DemoCard() {
  const { t } = useTranslation();
  const [awaited, setAwaited] = useState<Choice | null>(null);
  const demo = useDemo(awaited !== null);
  const isUnderWay = demo.data?.state === "preparing" || demo.data?.state === "ready" || awaited !== null;
  return (
    <Card title={t("settings.demonstration.title")} className={styles.card}>
      {isUnderWay && demo.data ? (
        <DemoProgress
          demo={demo.data}
          isAway={demo.isError || demo.failureCount > 0}
          onFailed={() => setAwaited(null)}
        />
      ) : (
        <Loaded of={demo} rows={5}>
          {(data) => <Choosing demo={data} onStarted={setAwaited} />}
        </Loaded>
      )}
    </Card>
  );
}

function Choosing({ demo, onStarted }: { demo: Demo; onStarted: (to: Choice) => void }) {
  const { t } = useTranslation();
  // An empty shop may begin anew, with another currency.
  const others = CHOICES.filter((choice) => choice !== demo.present || choice === "empty");
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [isAsking, setAsking] = useState(false);
  return (
    <div className={styles.stack}>
      <p className={styles.present}>{t(`settings.demonstration.present.${demo.present}`)}</p>
      {demo.state === "failed" && (
        <p className={styles.failed} role="alert">
          {t("settings.demonstration.failed")}
        </p>
      )}
      {demo.why_not ? (
        <p className={styles.quiet}>{demo.why_not}</p>
      ) : (
        <>
          <p className={styles.quiet}>{t("settings.demonstration.purpose")}</p>
          <Radio.Group
            className={styles.choices}
            value={chosen}
            onChange={(event) => setChosen(event.target.value as Choice)}
            options={others.map((choice) => ({
              value: choice,
              label: (
                <span className={styles.choice}>
                  <b>{t(`settings.demonstration.option.${choice}`)}</b>
                  <span className={styles.quiet}>{t(`settings.demonstration.explain.${choice}`)}</span>
                </span>
              ),
            }))}
          />
          <div>
            <Button danger disabled={chosen === null} onClick={() => setAsking(true)}>
              {t("settings.demonstration.start")}
            </Button>
          </div>
          {chosen && isAsking && (
            <DemoConfirm
              to={chosen}
              shop={demo.shop}
              onClose={() => setAsking(false)}
              onStarted={() => onStarted(chosen)}
            />
          )}
        </>
      )}
    </div>
  );
}
