import { FundOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { Rfm } from "../../api/contract";
import { useRfm } from "../../api/rfm";
import { Card } from "../../kit/Card";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { RfmMap } from "./RfmMap";
import styles from "./rfm.module.css";
import { SegmentTable } from "./SegmentTable";

export function RfmPage() {
  const { t } = useTranslation();
  const { count, day, dayOf } = useFormat();
  const rfm = useRfm();
  const data = rfm.data;
  return (
    <Page
      title={t("rfm.title")}
      purpose={
        <>
          {t("rfm.purpose")}
          {data && (
            <span className="aside num">
              {t("rfm.asOf", {
                day: day(data.as_of.length > 10 ? dayOf(data.as_of) : data.as_of),
                members: count(data.members),
              })}
            </span>
          )}
        </>
      }
    >
      <Loaded of={rfm} isPage rows={12} minHeight={480}>
        {(loaded) => (loaded.members === 0 ? <Nothing /> : <Board rfm={loaded} />)}
      </Loaded>
    </Page>
  );
}

function Board({ rfm }: { rfm: Rfm }) {
  const { t } = useTranslation();
  return (
    <div className={styles.board}>
      <Card title={t("rfm.map")} note={t("rfm.mapNote")}>
        <RfmMap rfm={rfm} />
      </Card>
      <Card isFlush title={t("rfm.segments")}>
        <SegmentTable rfm={rfm} />
      </Card>
    </div>
  );
}

function Nothing() {
  const { t } = useTranslation();
  const go = useGo();
  return (
    <Card>
      <EmptyState
        icon={<FundOutlined />}
        title={t("rfm.empty.title")}
        hint={t("rfm.empty.hint")}
        action={
          <Button type="primary" onClick={() => go("/settings/imports")}>
            {t("rfm.empty.action")}
          </Button>
        }
      />
    </Card>
  );
}
