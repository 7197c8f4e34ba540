import { useEffect, useMemo, useRef, useState } from "react";
import type { SavedView } from "../../api/contract";
import { useKeepSetting, useSettings } from "../../api/settings";
import { useViews } from "../../api/views";
import type { Column } from "../DataTable";
import type { UrlState } from "../urlState";
import { useUrlState } from "../useUrlState";
import { arranged, type ColumnSetting, changed, readSettings, settingsOf } from "./columns";
import { contentOf, isSame, isUntouched, patchOf } from "./viewContent";

export type Density = "compact" | "comfortable";
/** In the address: the list as it comes, where another view would open first. */
const everything = "all";
const viewDefaults = { view: "" };

interface Options<Row> {
  name: string;
  columns: Column<Row>[];
  state: UrlState;
  patch: (change: UrlState, how?: { isReplacing?: boolean }) => void;
  defaults: UrlState;
  /** Keys of the address that belong to no view: an open row, a tab. */
  apart?: readonly string[];
}

/** How one person sees one list: the view that is open, its columns, and how both change. */
export function useListView<Row>(options: Options<Row>) {
  const { name, columns, state, patch, defaults, apart = [] } = options;
  const views = useViews(name);
  const settings = useSettings();
  const keep = useKeepSetting(`list.${name}`);
  const [{ view }] = useUrlState(viewDefaults);
  const [draft, setDraft] = useState<{ view: number; columns: ColumnSetting[] } | null>(null);
  const kept = settings.data?.[`list.${name}`];
  const open = views.data?.items.find((one) => String(one.id) === view) ?? null;
  const wished = useMemo(
    () =>
      open ? (draft?.view === open.id ? draft.columns : open.content.columns) : readSettings(kept?.columns),
    [open, draft, kept],
  );
  const current = contentOf(state, defaults, apart, wished);
  const density: Density = kept?.density === "comfortable" ? "comfortable" : "compact";

  const go = (change: UrlState, isReplacing = false) => patch(change, { isReplacing });
  const show = (one: SavedView | null, isReplacing = false) => {
    setDraft(null);
    const empty = { filters: {}, sort: "", columns: [] };
    const named = one ? String(one.id) : views.data?.default_id ? everything : "";
    go({ ...patchOf(one?.content ?? empty, defaults, apart), view: named }, isReplacing);
  };
  const first = views.data?.items.find(({ id }) => id === views.data.default_id) ?? null;
  const isBare = view === "" && isUntouched(state, defaults);
  const cameBare = useRef(isBare);
  const isOpening = cameBare.current && isBare && (views.isPending || first !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list opens once, when it is known how
  useEffect(() => {
    if (!views.data && !views.isError) return;
    if (isBare && cameBare.current && first) show(first, true);
    cameBare.current = false;
  }, [views.data, views.isError]);

  const setColumns = (next: ColumnSetting[]) =>
    open ? setDraft({ view: open.id, columns: next }) : keep.mutate((now) => ({ ...now, columns: next }));
  return {
    name,
    views: views.data,
    open,
    current,
    isChanged: open !== null && !isSame(current, open.content),
    /** The address is bare, and a view of this person's choice is about to fill it. */
    isOpening,
    show,
    /** The view as it was saved, or the list as it comes. */
    reset: () => {
      if (!open) keep.mutate((now) => (now?.density ? { density: now.density } : null));
      show(open);
    },
    /** A view that was saved just now is the one that is open. */
    saved: (one: SavedView) => {
      setDraft(null);
      go({ view: String(one.id) });
    },
    columns: useMemo(() => arranged(columns, wished), [columns, wished]),
    settings: settingsOf(columns, wished),
    titles: new Map(columns.map((column) => [column.key, column.title])),
    isArranged: wished.length > 0,
    setColumns,
    resize: (key: string, width: number | null) =>
      setColumns(changed(settingsOf(columns, wished), key, { width })),
    density,
    setDensity: (next: Density) => keep.mutate((now) => ({ ...now, density: next })),
  };
}

/** What the parts of a list are handed; its rows are none of their business. */
export type ListView = Omit<ReturnType<typeof useListView>, "columns">;
