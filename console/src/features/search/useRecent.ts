import { useCallback } from "react";
import { useKeepSetting, useSettings } from "../../api/settings";

const setting = "search.recent";
const most = 6;

export interface Recent {
  group: string;
  title: string;
  to: string;
}

/** What a person opened lately, on whatever machine; kept by numbers, for names belong to members alone. */
export function useRecent(): [Recent[], (one: Recent) => void] {
  const settings = useSettings();
  const { mutate } = useKeepSetting(setting);
  const items = read(settings.data?.[setting]);
  const isKnown = settings.data !== undefined;
  const add = useCallback(
    (one: Recent) => {
      if (!isKnown || items[0]?.to === one.to) return;
      mutate({ items: [one, ...items.filter(({ to }) => to !== one.to)].slice(0, most) });
    },
    [isKnown, items, mutate],
  );
  return [items, add];
}

function read(kept: Record<string, unknown> | undefined): Recent[] {
  const items = kept?.items;
  return Array.isArray(items) ? items.filter(isRecent).slice(0, most) : [];
}

function isRecent(one: unknown): one is Recent {
  const { group, title, to } = (one ?? {}) as Partial<Recent>;
  return [group, title, to].every((text) => typeof text === "string") && /^\/(?!\/)/.test(to ?? "");
}
