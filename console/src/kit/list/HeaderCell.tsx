import type { KeyboardEvent, PointerEvent, ThHTMLAttributes } from "react";
import { useTranslation } from "react-i18next";
import { widthWithin } from "./columns";
import styles from "./list.module.css";

export interface ResizeProps {
  onResize?: (width: number | null) => void;
  label?: string;
}

const step = 16;

/** A heading whose border can be dragged. Only a line moves meanwhile: a thousand rows are laid out once, at the end. */
export function HeaderCell({
  onResize,
  label,
  children,
  ...rest
}: ThHTMLAttributes<HTMLElement> & ResizeProps) {
  const { t } = useTranslation();
  if (!onResize) return <th {...rest}>{children}</th>;

  const drag = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.preventDefault();
    const handle = event.currentTarget;
    const cell = handle.closest("th");
    if (!cell) return;
    const from = cell.getBoundingClientRect();
    const guide = guideWithin(handle);
    const widthAt = (x: number) => widthWithin(x - from.left);
    const move = (moved: globalThis.PointerEvent) => {
      guide.style.left = `${from.left + widthAt(moved.clientX)}px`;
    };
    const end = (ended: globalThis.PointerEvent) => {
      handle.removeEventListener("pointermove", move);
      guide.remove();
      if (ended.type === "pointerup" && Math.abs(ended.clientX - event.clientX) > 2)
        onResize(widthAt(ended.clientX));
    };
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
    handle.addEventListener("pointercancel", end, { once: true });
  };
  const press = (event: KeyboardEvent<HTMLElement>) => {
    const by = event.key === "ArrowRight" ? step : event.key === "ArrowLeft" ? -step : 0;
    if (!by && event.key !== "Home") return;
    event.preventDefault();
    event.stopPropagation();
    const width = event.currentTarget.closest("th")?.getBoundingClientRect().width ?? 0;
    onResize(by ? widthWithin(width + by) : null);
  };
  return (
    <th {...rest}>
      {children}
      {/* biome-ignore lint/a11y/useSemanticElements: a rule within a heading cannot be dragged */}
      <span
        role="separator"
        aria-orientation="vertical"
        aria-valuenow={0}
        aria-label={t("list.resize", { column: label })}
        title={t("list.resizeHint")}
        tabIndex={0}
        className={styles.handle}
        onPointerDown={drag}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={() => onResize(null)}
        onKeyDown={press}
      />
    </th>
  );
}

function guideWithin(handle: HTMLElement): HTMLElement {
  const around = (handle.closest(".ant-table-container") ?? handle).getBoundingClientRect();
  const guide = document.createElement("div");
  guide.className = styles.guide ?? "";
  guide.style.top = `${around.top}px`;
  guide.style.height = `${around.height}px`;
  guide.style.left = `${handle.getBoundingClientRect().right}px`;
  document.body.append(guide);
  return guide;
}
