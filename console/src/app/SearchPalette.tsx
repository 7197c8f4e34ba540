import { FileTextOutlined, RightOutlined, SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef, Modal } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMembers } from "../api/members";
import { useOrders } from "../api/orders";
import { EmptyState } from "../kit/EmptyState";
import { GeneratedTag } from "../kit/GeneratedTag";
import { MemberAvatar } from "../kit/MemberAvatar";
import { nameOf } from "../kit/nameOf";
import { TierBadge } from "../kit/TierBadge";
import { useFormat } from "../kit/useFormat";
import { useGo } from "../kit/useGo";
import { useSettled } from "../kit/useSettled";
import type { MenuArea } from "./menu";
import styles from "./SearchPalette.module.css";

interface Found {
  group: "members" | "orders" | "pages";
  key: string;
  to: string;
  content: ReactNode;
}

interface Props {
  menu: MenuArea[];
  permissions: readonly string[];
  onClose: () => void;
}

export function SearchPalette({ menu, permissions, onClose }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const input = useRef<InputRef>(null);
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState("");
  const [active, setActive] = useState(0);
  const { found, isSearching, hasFailed } = useFound(text.trim(), menu, permissions);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new results start at the top
  useEffect(() => setActive(0), [found.length, text]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chosen row follows the keys into view
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [active]);

  const open = (one: Found | undefined) => {
    if (!one) return;
    go(one.to);
    onClose();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setActive((now) => Math.min(Math.max(now + step, 0), Math.max(found.length - 1, 0)));
    }
    if (event.key === "Enter") open(found[active]);
  };

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      closable={false}
      width={600}
      style={{ top: 88 }}
      styles={{ container: { padding: 0 } }}
      title={null}
      aria-label={t("frame.search.open")}
      afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
    >
      <Input
        ref={input}
        size="large"
        variant="borderless"
        prefix={<SearchOutlined />}
        placeholder={t("frame.search.hint")}
        aria-label={t("frame.search.open")}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls="found"
        aria-activedescendant={found[active] ? `found-${active}` : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKey}
        className={styles.input}
      />
      <div ref={list} id="found" role="listbox" aria-label={t("frame.search.open")} className={styles.list}>
        {found.map((one, index) => (
          <div key={one.key} role="presentation">
            {one.group !== found[index - 1]?.group && (
              <div className={styles.group} role="presentation">
                {t(`frame.search.${one.group}`)}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field, which keeps the focus */}
            <div
              id={`found-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={styles.row}
              onMouseMove={() => setActive(index)}
              onClick={() => open(one)}
            >
              {one.content}
            </div>
          </div>
        ))}
      </div>
      {text && !isSearching && found.length === 0 && (
        <EmptyState
          title={hasFailed ? t("frame.search.failed") : t("frame.search.nothing", { q: text })}
          hint={hasFailed ? undefined : t("frame.search.nothingHint")}
        />
      )}
      {!text && <div className={styles.hint}>{t("frame.search.start")}</div>}
    </Modal>
  );
}

function useFound(text: string, menu: MenuArea[], permissions: readonly string[]) {
  const { t } = useTranslation();
  const { money, dayOf, day } = useFormat();
  const settled = useSettled(text, 180);
  const mayMembers = permissions.includes("members.read");
  const mayOrders = permissions.includes("orders.read");
  const looksLikeNumber = /\d/.test(settled);
  const members = useMembers({ q: settled, limit: 6 }, mayMembers && settled !== "");
  const orders = useOrders({ q: settled, limit: 5 }, mayOrders && looksLikeNumber);

  const own = t("frame.account");
  const ownPages = [
    { to: "/account", title: t("session.account.title"), place: own },
    { to: "/password", title: t("frame.changePassword"), place: own },
  ];
  const menuPages = menu.flatMap(({ area, pages: ofArea, groups }) =>
    ofArea.map((page) => {
      const group = groups.find((one) => one.pages.includes(page))?.group;
      return {
        to: page.path,
        title: page.title ? t(page.title) : "",
        place: [t(`frame.area.${area}`), ...(group ? [t(`frame.group.${group}`)] : [])].join(" · "),
      };
    }),
  );
  const pages: Found[] = [...menuPages, ...ownPages]
    .filter(({ title, place }) => `${place} ${title}`.toLowerCase().includes(text.toLowerCase()))
    .map(({ to, title, place }) => ({
      group: "pages" as const,
      key: to,
      to,
      content: (
        <>
          <RightOutlined className={styles.icon} />
          <span className={styles.name}>{title}</span>
          {place !== title && <span className={styles.quiet}>{place}</span>}
        </>
      ),
    }));
  if (text === "") return { found: pages, isSearching: false, hasFailed: false };

  const people: Found[] = (members.data?.items ?? []).map((member) => ({
    group: "members",
    key: `m${member.id}`,
    to: `/members/${member.id}`,
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
  const papers: Found[] = (looksLikeNumber ? (orders.data?.items ?? []) : []).map((order) => ({
    group: "orders",
    key: `o${order.id}`,
    to: `/sales/orders/${order.id}`,
    content: (
      <>
        <FileTextOutlined className={styles.icon} />
        <span className={styles.name}>{order.number}</span>
        <span className={styles.quiet}>
          {t(`orders.kind.${order.kind}`)} · {order.member ? nameOf(order.member) : t("kit.guest")} ·{" "}
          {day(dayOf(order.placed_at))}
        </span>
        <span className={styles.end}>{money(order.net_minor, order.currency)}</span>
      </>
    ),
  }));
  const isSearching = settled !== text || members.isFetching || orders.isFetching;
  return { found: [...people, ...papers, ...pages], isSearching, hasFailed: Boolean(members.error) };
}
