import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { HeldCoupon } from "../../../api/heldCoupons";
import type { Column } from "../../../kit/DataTable";
import { nameOf } from "../../../kit/nameOf";
import { useFormat } from "../../../kit/useFormat";
import { HeldState } from "./HeldState";
import styles from "./holding.module.css";

export function useHeldColumns(currency: string | undefined): Column<HeldCoupon>[] {
  const { t } = useTranslation();
  const { money, name, day, dayOf } = useFormat();
  return useMemo(
    () => [
      {
        key: "code",
        title: t("couponHolding.column.code"),
        isFixed: true,
        render: (row) => <span className={styles.code}>{row.code}</span>,
      },
      {
        key: "template",
        title: t("couponHolding.column.template"),
        render: (row) => name(row.template.name),
      },
      {
        key: "member",
        title: t("couponHolding.column.member"),
        render: (row) =>
          row.member ? nameOf(row.member) : <span className={styles.quiet}>{t("couponHolding.bearer")}</span>,
      },
      {
        key: "state",
        title: t("couponHolding.column.state"),
        render: (row) => <HeldState coupon={row} />,
      },
      {
        key: "issued",
        title: t("couponHolding.column.issued"),
        render: (row) => <span className="num">{day(dayOf(row.issued_at))}</span>,
      },
      {
        key: "expires",
        title: t("couponHolding.column.expires"),
        render: (row) => (
          <span className="num">{row.expires_on ? day(row.expires_on) : t("couponHolding.forever")}</span>
        ),
      },
      {
        key: "store",
        title: t("couponHolding.column.store"),
        render: (row) => row.store?.name ?? t("kit.none"),
      },
      {
        key: "discount",
        title: t("couponHolding.column.discount"),
        isNumber: true,
        render: (row) => (row.discount_minor ? money(row.discount_minor, currency) : t("kit.none")),
      },
    ],
    [t, money, name, day, dayOf, currency],
  );
}
