import { NodeIndexOutlined } from "@ant-design/icons";
import { Button, Segmented, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { type Rule, type RuleState, useRules } from "../../api/rules";
import { useMay } from "../../api/session";
import type { Column } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import { RecordList } from "../../kit/list/RecordList";
import { Page } from "../../kit/Page";
import { SearchField } from "../../kit/SearchField";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import styles from "./rules.module.css";
import { StateMark } from "./StateMark";
import { useSince } from "./useSince";

const view = { q: "", state: "" };
const states: RuleState[] = ["live", "scheduled", "draft", "retired"];

export function RulesPage() {
  const { t } = useTranslation();
  const go = useGo();
  const { name } = useFormat();
  const may = useMay();
  const rules = useRules();
  const since = useSince();
  const [{ q, state }, patch] = useUrlState(view);
  const words = q.trim().toLowerCase();
  const isShown = (rule: Rule) =>
    (state === "" || rule.state === state) &&
    `${rule.name.zh} ${rule.name.en} ${rule.code} ${rule.summary}`.toLowerCase().includes(words);
  const columns: Column<Rule>[] = [
    { key: "name", title: t("rules.column.name"), render: (rule) => <Name rule={rule} /> },
    { key: "gives", title: t("rules.column.gives"), render: (rule) => rule.summary },
    {
      key: "state",
      title: t("rules.column.state"),
      render: (rule) => <StateMark state={rule.state} />,
      width: 120,
    },
    { key: "since", title: t("rules.column.since"), render: (rule) => since(rule), width: 240 },
    {
      key: "version",
      title: t("rules.column.version"),
      render: (rule) => rule.version ?? "—",
      isNumber: true,
      width: 80,
    },
  ];
  return (
    <Page
      title={t("rules.title")}
      purpose={t("rules.purpose")}
      action={
        may("earning-rules.write") && (
          <Button type="primary" onClick={() => go("/loyalty/rules/new")}>
            {t("rules.add")}
          </Button>
        )
      }
    >
      <div className={styles.tools}>
        <SearchField value={q} onChange={(next) => patch({ q: next })} placeholder={t("rules.search")} />
        <Segmented
          value={state}
          onChange={(next) => patch({ state: next })}
          options={[
            { value: "", label: t("rules.all") },
            ...states.map((one) => ({ value: one as string, label: t(`rules.state.${one}`) })),
          ]}
        />
      </div>
      <RecordList
        name="rules"
        defaults={view}
        page={rules}
        rows={rules.data?.filter(isShown)}
        columns={columns}
        rowKey={(rule) => rule.code}
        onOpen={(rule) => go(`/loyalty/rules/${rule.code}`)}
        card={(rule) => (
          <div>
            <div className={styles.line}>
              <b>{name(rule.name)}</b>
              <StateMark state={rule.state} />
            </div>
            <div>{rule.summary}</div>
            <div className={styles.quiet}>{since(rule)}</div>
          </div>
        )}
        empty={
          <EmptyState
            icon={<NodeIndexOutlined />}
            title={t(rules.data?.length ? "rules.none.title" : "rules.empty.title")}
            hint={t(rules.data?.length ? "rules.none.hint" : "rules.empty.hint")}
          />
        }
      />
    </Page>
  );
}

function Name({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const { name } = useFormat();
  return (
    <div className={styles.name}>
      <b>{name(rule.name)}</b>
      {rule.has_draft && rule.state !== "draft" && <Tag>{t("rules.hasDraft")}</Tag>}
    </div>
  );
}
