import type { Table } from "antd";
import { type ComponentRef, type RefObject, useEffect, useRef } from "react";

/** What antd's table leaves to us, so that the keyboard gets everywhere, and nowhere else. */
export function useReachable(hasOpenableRows: boolean): RefObject<ComponentRef<typeof Table> | null> {
  const table = useRef<ComponentRef<typeof Table>>(null);
  // After every drawing: antd makes these parts anew.
  useEffect(() => {
    const root = table.current?.nativeElement;
    if (!root) return;
    // A hidden copy of the headings, only there to be measured.
    for (const copy of root.querySelectorAll<HTMLElement>(".ant-table-measure-row")) copy.inert = true;
    const scroller = root.querySelector<HTMLElement>(".ant-table-content, .ant-table-body");
    if (!scroller || hasOpenableRows) return;
    const reach = () => {
      if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
      else scroller.removeAttribute("tabindex");
    };
    const watching = new ResizeObserver(reach);
    watching.observe(scroller);
    return () => watching.disconnect();
  });
  return table;
}
