import type { help as zh } from "../zh/help";

export const help: typeof zh = {
  open: "Help",
  title: "Help",
  purpose: "For the people who work with Shuke every day. No programming needed.",
  contents: "Contents",
  find: "Find in titles",
  none: "No page has “{{q}}” in its title.",
  whole: "Open as a page",
  back: "Back",
  missing: "The guide has no such page",
  missingHint: "It may have another name now. Look for it in the contents.",
};
