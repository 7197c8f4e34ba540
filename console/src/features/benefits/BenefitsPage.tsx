import { GiftOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { type Benefit, useBenefits } from "../../api/benefits";
import { useMay } from "../../api/session";
import { useTiers } from "../../api/tiers";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { Loaded } from "../../kit/Loaded";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { BenefitState } from "./BenefitState";
import styles from "./benefits.module.css";
import { Matrix } from "./Matrix";

export function BenefitsPage() {
  const { t } = useTranslation();
  const go = useGo();
  const mayWrite = useMay()("benefits.write");
  const benefits = useBenefits();
  const add = mayWrite && (
    <Button type="primary" onClick={() => go("/loyalty/benefits/new")}>
      {t("benefits.add")}
    </Button>
  );
  return (
    <Page title={t("benefits.title")} purpose={t("benefits.purpose")} action={add}>
      <Loaded of={benefits} isPage rows={10} minHeight={420}>
        {(items) =>
          items.length === 0 ? (
            <Card>
              <EmptyState
                icon={<GiftOutlined />}
                title={t("benefits.empty.title")}
                hint={t("benefits.empty.hint")}
              />
            </Card>
          ) : (
            <div className={styles.stack}>
              <ByLevel benefits={items} />
              <All
                benefits={items}
                onOpen={mayWrite ? ({ code }) => go(`/loyalty/benefits/${code}`) : undefined}
              />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function ByLevel({ benefits }: { benefits: Benefit[] }) {
  const { t } = useTranslation();
  const tiers = useTiers();
  return (
    <Card title={t("benefits.matrix.title")} note={t("benefits.matrix.note")}>
      <Loaded of={tiers} rows={6} minHeight={240}>
        {(data) => (
          <Matrix
            benefits={benefits.filter((one) => one.is_on)}
            levels={data.levels.toSorted((a, b) => a.rank - b.rank)}
          />
        )}
      </Loaded>
    </Card>
  );
}

function All({ benefits, onOpen }: { benefits: Benefit[]; onOpen?: (benefit: Benefit) => void }) {
  const { t } = useTranslation();
  const { name, count, day } = useFormat();
  const period = ({ active_from: from, active_until: until }: Benefit) => {
    if (!from && !until) return t("benefits.period.always");
    if (!until) return t("benefits.period.from", { day: day(from ?? "") });
    if (!from) return t("benefits.period.until", { day: day(until) });
    return t("benefits.period.between", { from: day(from), until: day(until) });
  };
  const handed = (one: Benefit) =>
    one.units_granted > 0 ? `${count(one.units_used)} / ${count(one.units_granted)}` : "—";
  const columns: Column<Benefit>[] = [
    { key: "name", title: t("benefits.column.name"), render: (one) => <b>{name(one.name)}</b> },
    { key: "told", title: t("benefits.column.told"), render: (one) => name(one.told) },
    { key: "period", title: t("benefits.column.period"), render: period },
    { key: "used", title: t("benefits.column.used"), render: handed, isNumber: true },
    { key: "state", title: t("benefits.column.state"), render: (one) => <BenefitState benefit={one} /> },
  ];
  return (
    <Card title={t("benefits.all")} isFlush>
      <DataTable<Benefit>
        rows={benefits}
        columns={columns}
        rowKey={(one) => one.code}
        onOpen={onOpen}
        empty={null}
        card={(one) => (
          <div className={styles.line}>
            <div>
              <b>{name(one.name)}</b>
              <div className={styles.quiet}>{name(one.told)}</div>
              <div className={styles.quiet}>{period(one)}</div>
            </div>
            <BenefitState benefit={one} />
          </div>
        )}
      />
    </Card>
  );
}
