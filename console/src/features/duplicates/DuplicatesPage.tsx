import { SettingOutlined, TeamOutlined } from "@ant-design/icons";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type Duplicate,
  type Likelihood,
  useDuplicates,
  useLastSearch,
  useSearchNow,
} from "../../api/duplicates";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { keysetDefaults } from "../../kit/keysetState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { Refusal } from "../../kit/Refusal";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { MemberName } from "../members/MemberName";
import { DuplicateDrawer } from "./DuplicateDrawer";
import styles from "./duplicates.module.css";
import { LikelihoodMark } from "./LikelihoodMark";
import { PolicyDialog } from "./PolicyDialog";
import { Reasons } from "./Reasons";
import { SearchState } from "./SearchState";

const defaults = { show: "all", pair: "", ...keysetDefaults };
const likelihoods: readonly Likelihood[] = ["certain", "probable", "possible"];

export function DuplicatesPage() {
  const { t } = useTranslation();
  const { count, moment } = useFormat();
  const may = useMay();
  const [state, patch] = useUrlState(defaults);
  const [isSetting, setSetting] = useState(false);
  const search = useLastSearch();
  const start = useSearchNow();
  const isDismissed = state.show === "dismissed";
  const likelihood = likelihoods.find((one) => one === state.show);
  const duplicates = useDuplicates({
    state: isDismissed ? "dismissed" : "waiting",
    likelihood,
    limit: Number(state.limit) || 50,
    cursor: state.cursor || undefined,
  });
  const rows = duplicates.data?.items;
  const waiting = duplicates.data?.waiting;
  const numbers = {
    all: waiting && waiting.certain + waiting.probable + waiting.possible,
    certain: waiting?.certain,
    probable: waiting?.probable,
    possible: waiting?.possible,
    dismissed: undefined,
  };
  const isRunning = search.data?.state === "running";
  const columns: Column<Duplicate>[] = [
    { key: "first", title: t("duplicates.column.first"), render: (one) => <Person member={one.first} /> },
    { key: "second", title: t("duplicates.column.second"), render: (one) => <Person member={one.second} /> },
    {
      key: "likelihood",
      title: t("duplicates.column.likelihood"),
      render: (one) => <LikelihoodMark likelihood={one.likelihood} />,
    },
    {
      key: "reasons",
      title: t("duplicates.column.reasons"),
      render: (one) => <Reasons reasons={one.reasons} />,
    },
    {
      key: "at",
      title: t(isDismissed ? "duplicates.column.dismissed" : "duplicates.column.found"),
      isNumber: true,
      render: (one) => moment(isDismissed && one.decided_at ? one.decided_at : one.found_at),
    },
  ];
  return (
    <Page
      title={t("duplicates.title")}
      purpose={t("duplicates.purpose")}
      action={
        <div className={styles.actions}>
          {may("duplicates.configure") && (
            <Button icon={<SettingOutlined />} onClick={() => setSetting(true)}>
              {t("duplicates.policy.open")}
            </Button>
          )}
          {may("duplicates.search") && (
            <Button
              type="primary"
              loading={start.isPending}
              disabled={isRunning}
              onClick={() => start.mutate()}
            >
              {t("duplicates.search.start")}
            </Button>
          )}
        </div>
      }
    >
      <Refusal error={start.error} />
      <SearchState search={search.data} onDone={() => void duplicates.refetch()} />
      <RecordList
        name="duplicates"
        defaults={defaults}
        apart={["pair"]}
        page={duplicates}
        filters={
          <div className={styles.filters}>
            <Segmented
              aria-label={t("duplicates.show.label")}
              value={state.show}
              onChange={(next) => patch({ show: next, cursor: "", pair: "" })}
              options={(["all", ...likelihoods, "dismissed"] as const).map((value) => ({
                value,
                label: (
                  <>
                    {t(`duplicates.show.${value}`)}
                    {numbers[value] !== undefined && (
                      <span className={styles.number}>{count(numbers[value])}</span>
                    )}
                  </>
                ),
              }))}
            />
          </div>
        }
        columns={columns}
        rowKey={(one) => one.id}
        onOpen={(one) => patch({ pair: String(one.id) })}
        selected={Number(state.pair)}
        card={(one) => (
          <div className={styles.card}>
            <Person member={one.first} />
            <Person member={one.second} />
            <LikelihoodMark likelihood={one.likelihood} />
            <Reasons reasons={one.reasons} />
          </div>
        )}
        empty={
          <EmptyState
            icon={<TeamOutlined />}
            title={t(isDismissed ? "duplicates.empty.dismissed" : "duplicates.empty.title")}
            hint={t(isDismissed ? "duplicates.empty.dismissedHint" : "duplicates.empty.hint")}
          />
        }
      />
      <DuplicateDrawer
        duplicate={rows?.find((one) => String(one.id) === state.pair) ?? null}
        onClose={() => patch({ pair: "" })}
      />
      {isSetting && <PolicyDialog onClose={() => setSetting(false)} />}
    </Page>
  );
}

function Person({ member }: { member: Duplicate["first"] }) {
  return (
    <div className={styles.person}>
      <MemberName member={member} />
      <span className={styles.quiet}>{[member.phone, member.number].filter(Boolean).join(" · ")}</span>
    </div>
  );
}
