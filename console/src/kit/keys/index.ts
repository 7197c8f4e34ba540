export { Keys } from "./Keys";
export { currentShortcuts, type Shortcut } from "./registry";
export { useShortcut, useShortcuts } from "./useShortcut";
