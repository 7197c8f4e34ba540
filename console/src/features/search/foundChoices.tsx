import {
  BarcodeOutlined,
  FileTextOutlined,
  GiftOutlined,
  ShopOutlined,
  TagOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import type { Found } from "../../api/contract";
import { GeneratedTag } from "../../kit/GeneratedTag";
import { MemberAvatar } from "../../kit/MemberAvatar";
import { nameOf } from "../../kit/nameOf";
import { TierBadge } from "../../kit/TierBadge";
import type { useFormat } from "../../kit/useFormat";
import type { Choice, ChoiceGroup } from "./choice";
import styles from "./palette.module.css";

type Format = ReturnType<typeof useFormat>;

interface LineProps {
  icon: ReactNode;
  name: ReactNode;
  note?: ReactNode;
  end?: ReactNode;
}

export function Line({ icon, name, note, end }: LineProps) {
  return (
    <>
      <span className={styles.icon}>{icon}</span>
      <span className={styles.name}>{name}</span>
      {note && <span className={styles.quiet}>{note}</span>}
      {end && <span className={styles.end}>{end}</span>}
    </>
  );
}

/** What the server found, as rows. */
export function foundChoices(found: Found, q: string, t: TFunction, format: Format): Choice[] {
  const text = encodeURIComponent(q);
  const withMore = (group: ChoiceGroup, list: string | null, rows: Choice[]): Choice[] =>
    list && (found.more as string[]).includes(group)
      ? [
          ...rows,
          {
            group,
            key: `${group}-more`,
            to: list,
            content: <span className={styles.more}>{t("search.more")}</span>,
          },
        ]
      : rows;
  return [
    ...withMore("members", `/members?q=${text}`, memberChoices(found)),
    ...withMore("orders", `/sales/orders?q=${text}`, orderChoices(found, t, format)),
    ...withMore("coupons", `/loyalty/issued-coupons?q=${text}`, couponChoices(found, t, format)),
    ...withMore("templates", `/loyalty/coupons?q=${text}`, templateChoices(found, t, format)),
    ...withMore("products", `/sales/products?q=${text}`, productChoices(found)),
    ...withMore("employees", `/settings/employees?q=${text}&state=`, employeeChoices(found, t)),
    ...withMore("stores", "/settings/stores", storeChoices(found, t)),
  ];
}

function memberChoices(found: Found): Choice[] {
  return found.members.map((member) => ({
    group: "members",
    key: `m${member.id}`,
    to: `/members/${member.id}`,
    remembered: member.number,
    content: (
      <>
        <MemberAvatar id={member.id} name={nameOf(member)} />
        <span className={styles.name}>{nameOf(member)}</span>
        {member.is_generated && <GeneratedTag />}
        <span className={styles.quiet}>{member.phone ?? member.number}</span>
        <span className={styles.end}>
          <TierBadge tier={member.tier} />
        </span>
      </>
    ),
  }));
}

function orderChoices(found: Found, t: TFunction, { money, day, dayOf }: Format): Choice[] {
  return found.orders.map((order) => ({
    group: "orders",
    key: `o${order.id}`,
    to: `/sales/orders/${order.id}`,
    remembered: order.number,
    content: (
      <Line
        icon={<FileTextOutlined />}
        name={order.number}
        note={`${t(`orders.kind.${order.kind}`)} · ${order.member ?? t("kit.guest")} · ${day(dayOf(order.placed_at))}`}
        end={money(order.net_minor, order.currency)}
      />
    ),
  }));
}

function couponChoices(found: Found, t: TFunction, { name }: Format): Choice[] {
  return found.coupons.map((coupon) => ({
    group: "coupons",
    key: `c${coupon.code}`,
    to: `/loyalty/issued-coupons?preview=${encodeURIComponent(coupon.code)}`,
    content: (
      <Line
        icon={<BarcodeOutlined />}
        name={coupon.code}
        note={`${name(coupon.name)} · ${coupon.member ?? t("search.nobodys")}`}
        end={t(`couponHolding.state.${coupon.state}`)}
      />
    ),
  }));
}

function templateChoices(found: Found, t: TFunction, { name }: Format): Choice[] {
  return found.templates.map((template) => ({
    group: "templates",
    key: `t${template.code}`,
    to: `/loyalty/coupons/${template.code}`,
    remembered: name(template.name),
    content: (
      <Line icon={<GiftOutlined />} name={name(template.name)} end={t(`coupons.state.${template.state}`)} />
    ),
  }));
}

function productChoices(found: Found): Choice[] {
  return found.products.map((product) => ({
    group: "products",
    key: `p${product.code}`,
    to: `/sales/products?q=${encodeURIComponent(product.code)}`,
    remembered: product.name,
    content: (
      <Line
        icon={<TagOutlined />}
        name={product.name}
        note={[product.code, product.category].filter(Boolean).join(" · ")}
      />
    ),
  }));
}

function employeeChoices(found: Found, t: TFunction): Choice[] {
  return found.employees.map((employee) => ({
    group: "employees",
    key: `e${employee.id}`,
    to: `/settings/employees?q=${encodeURIComponent(employee.code)}&state=${employee.state}`,
    remembered: employee.code,
    content: (
      <Line
        icon={<UserOutlined />}
        name={employee.name}
        note={[employee.code, employee.store].filter(Boolean).join(" · ")}
        end={employee.state === "left" ? t("search.left") : undefined}
      />
    ),
  }));
}

function storeChoices(found: Found, t: TFunction): Choice[] {
  return found.stores.map((store) => ({
    group: "stores",
    key: `s${store.id}`,
    to: "/settings/stores",
    remembered: store.name,
    content: (
      <Line
        icon={<ShopOutlined />}
        name={store.name}
        note={store.code}
        end={store.status === "closed" ? t("search.closed") : undefined}
      />
    ),
  }));
}
