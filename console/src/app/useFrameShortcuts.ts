import { useEffect, useRef } from "react";
import { primaryButton } from "../features/search/commands";
import type { TextKey } from "../i18n/keys";
import { addShortcut, type Shortcut, useShortcutKeys } from "../kit/keys";
import { useGo } from "../kit/useGo";
import type { Area } from "./feature";
import type { MenuArea } from "./menu";

interface Doing {
  onSearch: () => void;
  onKeys: () => void;
  onHelp: () => void;
}

const areaKeys: Record<Area, { letter: string; label: TextKey }> = {
  home: { letter: "h", label: "frame.keys.toHome" },
  members: { letter: "m", label: "frame.keys.toMembers" },
  loyalty: { letter: "l", label: "frame.keys.toLoyalty" },
  marketing: { letter: "k", label: "frame.keys.toMarketing" },
  sales: { letter: "s", label: "frame.keys.toSales" },
  insight: { letter: "i", label: "frame.keys.toInsight" },
  settings: { letter: "c", label: "frame.keys.toSettings" },
};

/** The parts of a page that keys reach, wherever the page comes from. */
const parts = {
  find: () => document.querySelector<HTMLInputElement>("main input[data-find]"),
  previous: () => document.querySelector<HTMLButtonElement>("main button[data-page=previous]:not(:disabled)"),
  next: () => document.querySelector<HTMLButtonElement>("main button[data-page=next]:not(:disabled)"),
};

/** What the keys do everywhere: areas, search, help, and the usual parts of a page. */
export function useFrameShortcuts(menu: MenuArea[], doing: Doing): void {
  useShortcutKeys();
  useSearchKey(doing.onSearch);
  const go = useGo();
  const now = useRef(doing);
  useEffect(() => {
    now.current = doing;
  });
  const paths = menu.map(({ area, pages }) => `${area} ${pages[0]?.path ?? "/"}`).join("\n");
  useEffect(() => {
    const leading = paths.split("\n").map((line): Shortcut => {
      const [area = "home", path = "/"] = line.split(" ");
      const { letter, label } = areaKeys[area as Area];
      return { keys: `g ${letter}`, label, where: "everywhere", run: () => go(path) };
    });
    const others: Shortcut[] = [
      { keys: "?", label: "frame.keys.overview", where: "everywhere", run: () => now.current.onKeys() },
      { keys: "h", label: "frame.keys.help", where: "everywhere", run: () => now.current.onHelp() },
      onPage("n", "frame.keys.create", primaryButton, (button) => button.click()),
      onPage("/", "frame.keys.find", parts.find, (field) => field.focus()),
      onPage("[", "frame.keys.previous", parts.previous, (button) => button.click()),
      onPage("]", "frame.keys.next", parts.next, (button) => button.click()),
    ];
    const undo = [...others, ...leading].map(addShortcut);
    return () => {
      for (const one of undo) one();
    };
  }, [paths, go]);
}

function onPage<Part>(
  keys: string,
  label: TextKey,
  find: () => Part | null,
  act: (part: Part) => void,
): Shortcut {
  return {
    keys,
    label,
    where: "here",
    isReady: () => find() !== null,
    run: () => {
      const part = find();
      if (part) act(part);
    },
  };
}

/** ⌘K and Ctrl K work in fields too: that is what people expect of them. */
function useSearchKey(onSearch: () => void): void {
  const now = useRef(onSearch);
  useEffect(() => {
    now.current = onSearch;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey) return;
      if (event.key.toLowerCase() !== "k" || event.isComposing) return;
      event.preventDefault();
      now.current();
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}
