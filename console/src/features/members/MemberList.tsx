import { TeamOutlined } from "@ant-design/icons";
import { Button, Drawer } from "antd";
import { useTranslation } from "react-i18next";
import { useMemberCount, useMembers } from "../../api/members";
import { useMay } from "../../api/session";
import { useSystem } from "../../api/system";
import { EmptyState } from "../../kit/EmptyState";
import { ExportButton } from "../../kit/ExportButton";
import { RecordList } from "../../kit/list/RecordList";
import { useSelection } from "../../kit/list/selection";
import { Page } from "../../kit/Page";
import { useFormat } from "../../kit/useFormat";
import { useGo } from "../../kit/useGo";
import { useUrlState } from "../../kit/useUrlState";
import { BulkMenu } from "./bulk/BulkMenu";
import { hasFilters, memberListDefaults, membersQuery, noFilters } from "./listState";
import { MemberCard } from "./MemberCard";
import { MemberFilters } from "./MemberFilters";
import { MemberPreview } from "./MemberPreview";
import { SignUpButton } from "./signUp/SignUpButton";
import { useMemberColumns } from "./useMemberColumns";

const defaultSort = "-last_order_at";

export function MemberList() {
  const { t } = useTranslation();
  const { count } = useFormat();
  const go = useGo();
  const { data: system } = useSystem();
  const [state, patch] = useUrlState(memberListDefaults);
  const query = membersQuery(state, system?.currency ?? "CNY");
  const page = useMembers(query);
  const { cursor: _cursor, limit: _limit, sort: _sort, ...counted } = query;
  const total = useMemberCount(counted);
  const columns = useMemberColumns();
  const isFiltered = hasFilters(state);
  const may = useMay();
  const selection = useSelection(counted);

  return (
    <Page
      title={t("members.title")}
      purpose={
        <>
          {t("members.purpose")}
          <span className="aside num" aria-live="polite">
            {total.data &&
              t(total.data.is_capped ? "members.countCapped" : "members.count", {
                value: count(total.data.value),
              })}
          </span>
        </>
      }
      action={
        <>
          <ExportButton
            list="members"
            filters={counted}
            expected={total.data?.is_capped ? undefined : total.data?.value}
          />{" "}
          <SignUpButton onDone={(id) => patch({ preview: String(id) })} />
        </>
      }
    >
      <RecordList
        name="members"
        defaults={memberListDefaults}
        apart={["preview"]}
        page={page}
        defaultSort={defaultSort}
        filters={<MemberFilters state={state} patch={patch} />}
        selection={
          may("members.bulk")
            ? {
                chosen: selection,
                actions: <BulkMenu selection={selection} filters={counted} />,
                total: total.data ?? undefined,
              }
            : undefined
        }
        columns={columns}
        rowKey={(row) => row.id}
        onOpen={(row) => patch({ preview: String(row.id) })}
        selected={Number(state.preview)}
        card={(row) => <MemberCard member={row} />}
        empty={
          isFiltered ? (
            <EmptyState
              icon={<TeamOutlined />}
              title={t("members.empty.filteredTitle")}
              hint={t("members.empty.filteredHint")}
              action={<Button onClick={() => patch(noFilters)}>{t("members.empty.filteredAction")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<TeamOutlined />}
              title={t("members.empty.title")}
              hint={t("members.empty.hint")}
              action={
                <Button type="primary" onClick={() => go("/settings/imports")}>
                  {t("members.empty.action")}
                </Button>
              }
            />
          )
        }
      />
      <Drawer
        open={state.preview !== ""}
        onClose={() => patch({ preview: "" })}
        size={420}
        title={t("members.column.member")}
        extra={
          <Button type="primary" onClick={() => go(`/members/${state.preview}`)}>
            {t("members.preview.open")}
          </Button>
        }
        destroyOnHidden
      >
        {state.preview && <MemberPreview id={state.preview} />}
      </Drawer>
    </Page>
  );
}
