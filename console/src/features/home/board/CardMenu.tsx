import { Dropdown, type MenuProps } from "antd";
import type { ReactNode, RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { Dashboard } from "../../../api/contract";
import type { Comparison } from "../../../api/dashboard";
import { useGo } from "../../../kit/useGo";
import type { Widget } from "../widgets";
import { useTaking } from "./useTaking";

type Change = { x?: number; y?: number; w?: number; h?: number };

interface Props {
  card: RefObject<HTMLElement | null>;
  widget: Widget;
  dashboard: Dashboard;
  comparison: Comparison;
  onChange?: (by: Change | null) => void;
  children: ReactNode;
}

const steps = {
  left: { x: -1 },
  right: { x: 1 },
  up: { y: -1 },
  down: { y: 1 },
  wider: { w: 1 },
  narrower: { w: -1 },
  higher: { h: 1 },
  lower: { h: -1 },
} as const satisfies Record<string, Change>;
type Step = keyof typeof steps;

/** What a card can be taken out as; and, while the board is arranged, what a hand does with it, for a keyboard. */
export function CardMenu({ card, widget, dashboard, comparison, onChange, children }: Props) {
  const { t } = useTranslation();
  const go = useGo();
  const take = useTaking(dashboard.period, comparison);
  const list = widget.list?.(dashboard);
  const title = t(widget.title);

  const outside: MenuProps["items"] = [
    ...(list ? [{ key: "list", label: t(list.label) }] : []),
    ...(widget.file ? [{ key: "file", label: t("home.board.file") }] : []),
    { key: "picture", label: t("home.board.picture") },
  ];
  const inside: MenuProps["items"] = [
    ...(Object.keys(steps) as Step[]).map((step) => ({ key: step, label: t(`home.board.${step}`) })),
    { type: "divider" },
    { key: "remove", label: t("home.board.remove"), danger: true },
  ];
  const act = (key: string) => {
    if (onChange) return onChange(key === "remove" ? null : steps[key as Step]);
    if (key === "list" && list) return go(list.to);
    if (key === "file" && widget.file) return take.file(widget.file);
    take.picture(card.current, title);
  };
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items: onChange ? inside : outside, onClick: ({ key }) => act(key) }}
    >
      {children}
    </Dropdown>
  );
}
