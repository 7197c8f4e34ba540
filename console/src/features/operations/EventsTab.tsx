import { UnorderedListOutlined } from "@ant-design/icons";
import { Button, DatePicker, Drawer, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { LoggedEvent } from "../../api/contract";
import { useEventNames, useLoggedEvents } from "../../api/monitor";
import { Card } from "../../kit/Card";
import { type Column, DataTable } from "../../kit/DataTable";
import { EmptyState } from "../../kit/EmptyState";
import filters from "../../kit/Filters.module.css";
import { Go } from "../../kit/Go";
import { Keyset } from "../../kit/Keyset";
import { SearchField } from "../../kit/SearchField";
import { useFormat } from "../../kit/useFormat";
import { useUrlState } from "../../kit/useUrlState";
import { EventDetail } from "./EventDetail";
import { backgroundDefaults, eventsQuery, hasEventFilters, noEventFilters } from "./listState";
import styles from "./operations.module.css";

/** Everything that was written down, newest first. */
export function EventsTab() {
  const { t } = useTranslation();
  const [state, patch] = useUrlState(backgroundDefaults);
  const page = useLoggedEvents(eventsQuery(state));
  const names = useEventNames();
  const columns = useColumns();
  const open = page.data?.items.find((one) => String(one.id) === state.event);
  return (
    <Card isFlush>
      <div className={filters.filters}>
        <Select
          className={filters.select}
          showSearch={{ optionFilterProp: "label" }}
          allowClear
          placeholder={t("operations.all")}
          aria-label={t("operations.column.event")}
          popupMatchSelectWidth={false}
          value={state.name || undefined}
          onChange={(name) => patch({ name: name ?? "", cursor: "" })}
          options={names.data?.items.map((one) => ({ value: one.name, label: one.label }))}
        />
        <SearchField
          value={state.member}
          onChange={(member) => patch({ member, cursor: "" })}
          placeholder={t("operations.memberPlaceholder")}
        />
        <DatePicker
          aria-label={t("operations.dayPlaceholder")}
          placeholder={t("operations.dayPlaceholder")}
          value={state.day ? dayjs(state.day) : null}
          onChange={(day) => patch({ day: day ? day.format("YYYY-MM-DD") : "", cursor: "" })}
        />
      </div>
      <DataTable
        rows={page.data?.items}
        columns={columns}
        rowKey={(one) => one.id}
        error={page.error}
        onRetry={() => void page.refetch()}
        isRefreshing={page.isPlaceholderData}
        onOpen={(one) => patch({ event: String(one.id) })}
        selected={Number(state.event)}
        card={(one) => (
          <div className={styles.card}>
            {columns.slice(0, 2).map((column) => (
              <div key={column.key}>{column.render(one)}</div>
            ))}
            {one.member_id && <div className="num">#{one.member_id}</div>}
          </div>
        )}
        empty={
          hasEventFilters(state) ? (
            <EmptyState
              icon={<UnorderedListOutlined />}
              title={t("operations.eventsNone.title")}
              hint={t("operations.eventsNone.hint")}
              action={<Button onClick={() => patch(noEventFilters)}>{t("operations.clear")}</Button>}
            />
          ) : (
            <EmptyState
              icon={<UnorderedListOutlined />}
              title={t("operations.eventsEmpty.title")}
              hint={t("operations.eventsEmpty.hint")}
            />
          )
        }
      />
      <Keyset state={state} patch={patch} next={page.data?.next ?? null} />
      <Drawer
        open={open !== undefined}
        onClose={() => patch({ event: "" })}
        size={520}
        title={t("operations.detail")}
        destroyOnHidden
      >
        {open && <EventDetail event={open} />}
      </Drawer>
    </Card>
  );
}

function useColumns(): Column<LoggedEvent>[] {
  const { t } = useTranslation();
  const { moment } = useFormat();
  return [
    {
      key: "at",
      title: t("operations.column.at"),
      width: 190,
      render: (one) => <span className="num">{moment(one.recorded_at)}</span>,
    },
    {
      key: "event",
      title: t("operations.column.event"),
      render: (one) => (
        <span className={styles.what}>
          <span>{one.label}</span>
          <span className={styles.quiet}>{one.name}</span>
        </span>
      ),
    },
    {
      key: "member",
      title: t("operations.column.member"),
      width: 140,
      render: (one) =>
        one.member_id ? (
          <Go
            to={`/members/${one.member_id}`}
            className={styles.link}
            onClick={(event) => event.stopPropagation()}
          >
            #{one.member_id}
          </Go>
        ) : (
          t("kit.none")
        ),
    },
  ];
}
