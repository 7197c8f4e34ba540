import { Table, type TableColumnType } from "antd";
import type { Key, KeyboardEvent, ReactNode } from "react";
import styles from "./DataTable.module.css";
import { ErrorState } from "./ErrorState";
import { useNarrow } from "./useNarrow";
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
}

interface Props<Row> {
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
}

export function DataTable<Row extends object>(props: Props<Row>) {
  const { rows, columns, rowKey, error, onRetry, empty, onOpen, selected, card, footer } = props;
  const isNarrow = useNarrow();
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
        className={styles.table}
        data-refreshing={props.isRefreshing}
        columns={columns.map((column) => antdColumn(column, props.sort))}
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

function antdColumn<Row>(column: Column<Row>, sort: string | undefined): TableColumnType<Row> {
  const isSortable = column.sortField !== undefined;
  return {
    key: column.key,
    title: column.title,
    width: column.width,
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
