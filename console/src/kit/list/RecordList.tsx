import type { ReactNode } from "react";
import { Card } from "../Card";
import { DataTable, type TableProps } from "../DataTable";
import { Keyset } from "../Keyset";
import { keysetDefaults } from "../keysetState";
import type { UrlState } from "../urlState";
import { useNarrow } from "../useNarrow";
import { useUrlState } from "../useUrlState";
import { ColumnChooser } from "./ColumnChooser";
import styles from "./list.module.css";
import { SelectionBar } from "./SelectionBar";
import type { Selection } from "./selection";
import { useListView } from "./useListView";
import { ViewMenu } from "./ViewMenu";
import { ViewTabs } from "./ViewTabs";

/** A query whose answer is a page of rows. */
interface PageOf<Row> {
  data: { items: Row[]; next?: string | null } | Row[] | undefined;
  error: unknown;
  refetch: () => unknown;
  isPlaceholderData: boolean;
}

const noDefaults: UrlState = {};

interface Props<Row>
  extends Pick<TableProps<Row>, "columns" | "rowKey" | "empty" | "onOpen" | "selected" | "card"> {
  /** Under which views and widths of this list are kept. */
  name: string;
  /** What of the list stands in the address. */
  defaults?: UrlState;
  /** Keys of the address that belong to no view: an open row. */
  apart?: readonly string[];
  page: PageOf<Row>;
  /** What of the page is shown, where the screen itself narrows it down. */
  rows?: Row[];
  /** The server's own order, which the address does not repeat. */
  defaultSort?: string;
  filters?: ReactNode;
  title?: ReactNode;
  note?: ReactNode;
  /** Picking rows, and what is done with those picked. */
  selection?: { chosen: Selection; actions: ReactNode; total?: { value: number; is_capped: boolean } };
}

/** A list of records: views, filters, columns, rows and pages, the same everywhere. */
export function RecordList<Row extends object>(props: Props<Row>) {
  const {
    name,
    defaults = noDefaults,
    apart,
    page,
    defaultSort = "",
    filters,
    title,
    note,
    selection,
  } = props;
  const isNarrow = useNarrow();
  const [state, patch] = useUrlState(defaults);
  const view = useListView({ name, columns: props.columns, state, patch, defaults, apart });
  const items = Array.isArray(page.data) ? page.data : page.data?.items;
  const next = Array.isArray(page.data) ? null : (page.data?.next ?? null);
  // Nothing to arrange yet, and no filter that hides it.
  const isBlank = items?.length === 0 && !filters;
  const tools = !isBlank && (
    <span className={styles.tools}>
      <ViewMenu view={view} />
      {!(isNarrow && props.card) && <ColumnChooser view={view} />}
    </span>
  );
  const sorting = "sort" in defaults && {
    sort: state.sort || defaultSort,
    onSort: (sort: string) => patch({ sort: sort === defaultSort ? "" : sort, cursor: "" }),
  };
  return (
    <Card isFlush title={title} note={note} extra={title && !filters ? tools : undefined}>
      <ViewTabs view={view} />
      {(filters || (!title && !isBlank)) && (
        <div className={styles.head}>
          <div className={styles.filters}>{filters}</div>
          {tools}
        </div>
      )}
      {selection && (
        <SelectionBar selection={selection.chosen} total={selection.total} actions={selection.actions} />
      )}
      <DataTable
        {...sorting}
        rows={view.isOpening ? undefined : (props.rows ?? items)}
        columns={view.columns}
        rowKey={props.rowKey}
        error={page.error}
        onRetry={() => void page.refetch()}
        isRefreshing={page.isPlaceholderData}
        onOpen={props.onOpen}
        selected={props.selected}
        card={props.card}
        empty={props.empty}
        isSticky
        density={view.density}
        onResize={view.resize}
        picking={selection?.chosen}
        footer={
          "cursor" in defaults && <Keyset state={{ ...keysetDefaults, ...state }} patch={patch} next={next} />
        }
      />
    </Card>
  );
}
