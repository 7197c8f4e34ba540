import { DownloadOutlined, PrinterOutlined } from "@ant-design/icons";
import { useParams } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCurrencies } from "../../../api/currencies";
import { save, show } from "../../../api/files";
import { statementFile, useStatement } from "../../../api/statements";
import { useSystem } from "../../../api/system";
import { Go } from "../../../kit/Go";
import { Loaded } from "../../../kit/Loaded";
import { Page } from "../../../kit/Page";
import { PeriodPicker } from "../../../kit/PeriodPicker";
import { Refusal } from "../../../kit/Refusal";
import { useFormat } from "../../../kit/useFormat";
import { useUrlState } from "../../../kit/useUrlState";
import { presets, statementPeriod } from "./period";
import { StatementLines } from "./StatementLines";
import { StatementSums } from "./StatementSums";
import styles from "./statement.module.css";

const defaults = { account: "points", period: "month", from: "", to: "" };

export function StatementPage() {
  const { data: system } = useSystem();
  // Which days "this month" means is the shop's to say.
  return system ? <Statement today={system.today} /> : null;
}

function Statement({ today }: { today: string }) {
  const { t } = useTranslation();
  const { day, name } = useFormat();
  const { id = "" } = useParams({ strict: false }) as { id?: string };
  const [state, patch] = useUrlState(defaults);
  const currencies = useCurrencies();
  const wanted = { currency: state.account, ...statementPeriod(state, today) };
  const statement = useStatement(id, wanted);
  const first = statement.data?.pages[0];
  const member = first?.member;
  return (
    <Page
      breadcrumb={
        <span className={styles.crumb}>
          <Go to="/members">{t("members.title")}</Go> /{" "}
          <Go to={`/members/${id}?tab=points&account=${state.account}`}>
            {member ? (member.name ?? member.number) : id}
          </Go>
        </span>
      }
      title={t("finance.statement.title")}
      purpose={t("finance.statement.between", { from: day(wanted.from), to: day(wanted.to) })}
      action={<Files member={id} wanted={wanted} />}
    >
      <div className={styles.bar}>
        <Segmented
          value={state.account}
          onChange={(account) => patch({ account })}
          options={(currencies.data ?? []).map((one) => ({ value: one.code, label: name(one.name) }))}
        />
        <PeriodPicker
          label={t("finance.statement.period.label")}
          customLabel={t("finance.statement.period.custom")}
          options={presets.map((value) => ({ value, label: t(`finance.statement.period.${value}`) }))}
          state={state}
          patch={patch}
        />
      </div>
      <Loaded of={statement} isPage rows={12} minHeight={480}>
        {(data) =>
          first && (
            <div className={styles.stack}>
              <StatementSums statement={first} />
              <StatementLines
                lines={data.pages.flatMap((page) => page.items)}
                hasMore={statement.hasNextPage}
                isLoadingMore={statement.isFetchingNextPage}
                onMore={() => void statement.fetchNextPage()}
              />
            </div>
          )
        }
      </Loaded>
    </Page>
  );
}

function Files({ member, wanted }: { member: string; wanted: Parameters<typeof statementFile>[1] }) {
  const { t } = useTranslation();
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    await work().catch(setError);
    setBusy(false);
  };
  const csv = () =>
    save(
      statementFile(member, wanted, "csv"),
      `statement-${member}-${wanted.currency}-${wanted.from}-${wanted.to}.csv`,
    );
  const print = () => show(statementFile(member, wanted, "html"), window.open("", "_blank"));
  return (
    <>
      <div className={styles.buttons}>
        <Button icon={<DownloadOutlined />} disabled={isBusy} onClick={() => void run(csv)}>
          {t("finance.statement.csv")}
        </Button>
        <Button icon={<PrinterOutlined />} disabled={isBusy} onClick={() => void run(print)}>
          {t("finance.statement.print")}
        </Button>
      </div>
      <Refusal error={error} />
    </>
  );
}
