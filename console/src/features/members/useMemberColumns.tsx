import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { MemberRow } from "../../api/contract";
import { useFieldsInUse } from "../../api/customFields";
import type { Column } from "../../kit/DataTable";
import { TierBadge } from "../../kit/TierBadge";
import { useFormat } from "../../kit/useFormat";
import { useTold } from "../customFields/useTold";
import { MemberName } from "./MemberName";
import styles from "./members.module.css";

export function useMemberColumns(options: { isSortable?: boolean } = {}): Column<MemberRow>[] {
  const { isSortable = true } = options;
  const { t } = useTranslation();
  const { count, money, day, dayOf, name } = useFormat();
  const fields = useFieldsInUse();
  const told = useTold();
  return useMemo(() => {
    const columns: Column<MemberRow>[] = [
      {
        key: "member",
        title: t("members.column.member"),
        isFixed: true,
        render: (row) => <MemberName member={row} />,
      },
      {
        key: "phone",
        title: t("members.column.phone"),
        render: (row) => <span className="num">{row.phone ?? t("kit.none")}</span>,
      },
      {
        key: "tier",
        title: t("members.column.tier"),
        sortField: "tier_rank",
        render: (row) => <TierBadge tier={row.tier} />,
      },
      {
        key: "points",
        title: t("members.column.points"),
        isNumber: true,
        sortField: "points_available",
        render: (row) => (
          <>
            {row.points_debt > 0 && (
              <span className={styles.debt}>{t("members.debt", { value: count(row.points_debt) })}</span>
            )}
            {count(row.points_available)}
          </>
        ),
      },
      {
        key: "orders",
        title: t("members.column.orders"),
        isNumber: true,
        sortField: "order_count",
        render: (row) => count(row.order_count),
      },
      {
        key: "spend",
        title: t("members.column.spend"),
        isNumber: true,
        sortField: "net_spend_minor",
        render: (row) => money(row.net_spend_minor, row.currency),
      },
      {
        key: "last",
        title: t("members.column.lastOrder"),
        sortField: "last_order_at",
        render: (row) => (
          <span className="num">{row.last_order_at ? day(dayOf(row.last_order_at)) : t("kit.none")}</span>
        ),
      },
      {
        key: "store",
        title: t("members.column.store"),
        render: (row) => <span className={styles.cut}>{row.store?.name ?? t("kit.none")}</span>,
      },
      {
        key: "employee",
        title: t("organization.relations.employee"),
        render: (row) => <span className={styles.cut}>{row.employee ?? t("kit.none")}</span>,
      },
      {
        key: "joined",
        title: t("members.column.joined"),
        sortField: "joined_at",
        render: (row) => <span className="num">{day(dayOf(row.joined_at))}</span>,
      },
      ...fields
        .filter((field) => field.index_state === "ready")
        .map((field) => ({
          key: `custom.${field.key}`,
          title: name(field.label),
          isNumber: field.kind === "number" || field.kind === "money",
          ...(field.kind !== "choices" && { sortField: `custom.${field.key}` }),
          render: (row: MemberRow) => (
            <span className={styles.cut}>{told(field, row.custom[field.key])}</span>
          ),
        })),
    ];
    return isSortable ? columns : columns.map(({ sortField: _field, ...column }) => column);
  }, [t, count, money, day, dayOf, name, fields, told, isSortable]);
}
