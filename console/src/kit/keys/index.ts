export { Keys } from "./Keys";
export { addShortcut, currentShortcuts, type Shortcut } from "./registry";
export { useShortcut, useShortcutKeys } from "./useShortcut";
