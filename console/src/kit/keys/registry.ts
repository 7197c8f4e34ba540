import type { TextKey } from "../../i18n/keys";

export interface Shortcut {
  /** One key, or two after each other: "?", "g m". */
  keys: string;
  label: TextKey;
  /** Everywhere, or on what is open just now. */
  where: "everywhere" | "here";
  run: () => void;
  /** Whether there is something to do; without it there always is. */
  isReady?: () => boolean;
}

const shortcuts = new Set<Shortcut>();

/** Adds a shortcut; the answer takes it away again. The one that came last goes first. */
export function addShortcut(shortcut: Shortcut): () => void {
  shortcuts.add(shortcut);
  return () => shortcuts.delete(shortcut);
}

/** What works now, one of each key. */
export function currentShortcuts(): Shortcut[] {
  const byKeys = new Map<string, Shortcut>();
  for (const one of [...shortcuts].reverse())
    if (!byKeys.has(one.keys) && (one.isReady?.() ?? true)) byKeys.set(one.keys, one);
  return [...byKeys.values()].reverse();
}

/** Two keys belong together when they come within so many milliseconds. */
const together = 1200;
let first: { key: string; at: number } | null = null;

/** What a key means; a key that only begins something is remembered. */
export function meantBy(key: string, at: number): Shortcut | null {
  const begun = first && at - first.at < together ? first.key : null;
  first = null;
  const known = currentShortcuts();
  const found = begun ? known.find(({ keys }) => keys === `${begun} ${key}`) : undefined;
  if (found) return found;
  const alone = known.find(({ keys }) => keys === key);
  if (alone) return alone;
  if (known.some(({ keys }) => keys.startsWith(`${key} `))) first = { key, at };
  return null;
}

/** A Chinese keyboard sends these for the same keys. */
const fullWidth: Record<string, string> = {
  "？": "?",
  "、": "/",
  "【": "[",
  "】": "]",
  "「": "[",
  "」": "]",
};

/** The key of an event, or null where it is not ours: somebody types, composes, or means the browser. */
export function keyOf(event: KeyboardEvent): string | null {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return null;
  if (event.metaKey || event.ctrlKey || event.altKey) return null;
  if (isTyping(event.target) || document.querySelector(covers)) return null;
  return fullWidth[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** While one of these is open the keys belong to it. */
const covers =
  ".ant-modal-wrap:not([style*='display: none']), .ant-tour, .ant-image-preview-root .ant-image-preview";

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    /^(TEXTAREA|SELECT)$/.test(target.tagName) ||
    (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range)$/.test(target.type)) ||
    target.closest("[role=dialog], [role=combobox], [role=listbox], [role=menu], [role=grid]") !== null
  );
}
