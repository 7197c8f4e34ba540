import { Table, type TableColumnType } from "antd";
import type { Key, KeyboardEvent, ReactNode } from "react";
import styles from "./DataTable.module.css";
import { ErrorState } from "./ErrorState";
import { HeaderCell, type ResizeProps } from "./list/HeaderCell";
import type { Selection } from "./list/selection";
import { useNarrow } from "./useNarrow";
import { useReachable } from "./useReachable";
import { Waiting } from "./Waiting";

export interface Column<Row> {
  key: string;
  title: ReactNode;
  render: (row: Row) => ReactNode;
  /** Numbers stand right, with figures of one width. */
  isNumber?: boolean;
  width?: number;
  /** The server's name of the field, where it can sort by it. */
  sortField?: string;
  isFixed?: boolean;
  /** What somebody dragged it to; longer content is cut. */
  chosenWidth?: number;
}

export interface TableProps<Row> {
  rows: Row[] | undefined;
  columns: Column<Row>[];
  rowKey: (row: Row) => Key;
  error?: unknown;
  onRetry?: () => void;
  isRefreshing?: boolean;
  empty: ReactNode;
  sort?: string;
  onSort?: (sort: string) => void;
  onOpen?: (row: Row) => void;
  selected?: Key;
  /** How a row reads on a phone; without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode;
  footer?: ReactNode;
  isSticky?: boolean;
  density?: "compact" | "comfortable";
  /** Columns can be dragged to another width; `null`: as wide as their content again. */
  onResize?: (key: string, width: number | null) => void;
  /** Rows can be picked. */
  picking?: Selection;
}

const components = { header: { cell: HeaderCell } };

export function DataTable<Row extends object>(props: TableProps<Row>) {
  const { rows, columns, rowKey, error, onRetry, empty, onOpen, selected, card, footer } = props;
  const isNarrow = useNarrow();
  const table = useReachable(onOpen !== undefined);
  if (!rows && error) return <ErrorState error={error} onRetry={onRetry} />;
  if (!rows)
    return (
      <Padded>
        <Waiting rows={10} minHeight={420} />
      </Padded>
    );
  if (rows.length === 0) return <>{empty}</>;
  if (isNarrow && card) {
    return (
      <>
        <ul className={styles.cards} data-refreshing={props.isRefreshing}>
          {rows.map((row) => (
            <li key={rowKey(row)}>
              {onOpen ? (
                <button type="button" className={styles.card} onClick={() => onOpen(row)}>
                  {card(row)}
                </button>
              ) : (
                <div className={styles.card}>{card(row)}</div>
              )}
            </li>
          ))}
        </ul>
        {footer}
      </>
    );
  }
  return (
    <>
      <Table<Row>
        ref={table}
        className={styles.table}
        data-refreshing={props.isRefreshing}
        data-density={props.density}
        components={props.onResize ? components : undefined}
        rowSelection={props.picking && rowSelection(props.picking, rows.map(rowKey))}
        columns={columns.map((column) => antdColumn(column, props.sort, props.onResize))}
        dataSource={rows}
        rowKey={rowKey}
        pagination={false}
        showSorterTooltip={false}
        sticky={props.isSticky ? { offsetHeader: 0 } : false}
        scroll={{ x: "max-content" }}
        rowClassName={(row) => (rowKey(row) === selected ? (styles.selected ?? "") : "")}
        onChange={(_pages, _filters, sorter) => {
          const by = Array.isArray(sorter) ? sorter[0] : sorter;
          const field = columns.find((column) => column.key === by?.columnKey)?.sortField;
          props.onSort?.(field && by?.order ? (by.order === "descend" ? `-${field}` : field) : "");
        }}
        onRow={(row) =>
          onOpen
            ? {
                onClick: () => onOpen(row),
                onKeyDown: (event: KeyboardEvent) => {
                  if (event.key === "Enter" && event.target === event.currentTarget) onOpen(row);
                },
                tabIndex: 0,
                className: styles.openable,
              }
            : {}
        }
      />
      {footer}
    </>
  );
}

function Padded({ children }: { children: ReactNode }) {
  return <div className={styles.padded}>{children}</div>;
}

function rowSelection(picking: Selection, shown: Key[]) {
  const others = picking.keys.filter((key) => !shown.includes(key));
  return {
    columnWidth: 48,
    fixed: true,
    preserveSelectedRowKeys: true,
    selectedRowKeys: picking.isAll ? shown : [...picking.keys],
    onChange: (keys: Key[]) => picking.pick([...new Set([...others, ...keys])]),
  };
}

function antdColumn<Row>(
  column: Column<Row>,
  sort: string | undefined,
  onResize: TableProps<Row>["onResize"],
): TableColumnType<Row> {
  const isSortable = column.sortField !== undefined;
  const wide = column.chosenWidth;
  const style = wide ? { width: wide, minWidth: wide, maxWidth: wide } : undefined;
  const resizing: ResizeProps =
    onResize && column.title !== ""
      ? {
          onResize: (width) => onResize(column.key, width),
          label: typeof column.title === "string" ? column.title : column.key,
        }
      : {};
  return {
    ...(style && { ellipsis: { showTitle: false }, onCell: () => ({ style }) }),
    onHeaderCell: () => ({ style, ...resizing }) as object,
    key: column.key,
    title: column.title,
    width: wide ?? column.width,
    align: column.isNumber ? "right" : "left",
    className: column.isNumber ? styles.number : undefined,
    fixed: column.isFixed ? "start" : undefined,
    render: (_value, row) => column.render(row),
    sorter: isSortable,
    // People sort to see the most, the latest, the highest first.
    sortDirections: ["descend", "ascend"],
    sortOrder: isSortable ? orderOf(column.sortField, sort) : undefined,
  };
}

function orderOf(field: string | undefined, sort: string | undefined): "ascend" | "descend" | null {
  if (sort === field) return "ascend";
  return sort === `-${field}` ? "descend" : null;
}
