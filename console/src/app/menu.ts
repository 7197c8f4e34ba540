import type { Area, Feature, FeaturePage } from "./feature";
import { features } from "./features";

export interface MenuArea {
  area: Area;
  pages: FeaturePage[];
}

const order: readonly Area[] = [
  "home",
  "members",
  "loyalty",
  "marketing",
  "sales",
  "finance",
  "insight",
  "settings",
];

export function mayOpen(page: FeaturePage, permissions: readonly string[]): boolean {
  return page.permission === undefined || permissions.includes(page.permission);
}

/** The areas that have something to show to this person. */
export function menuFor(permissions: readonly string[], all: readonly Feature[] = features): MenuArea[] {
  return order
    .map((area) => ({
      area,
      pages: all
        .filter((feature) => feature.area === area)
        .flatMap((feature) => feature.pages)
        .filter((page) => page.title !== undefined && mayOpen(page, permissions)),
    }))
    .filter((entry) => entry.pages.length > 0);
}

export function areaOf(path: string, all: readonly Feature[] = features): Area | null {
  const top = (page: string) => page.split("/")[1];
  return all.find((feature) => feature.pages.some((page) => top(page.path) === top(path)))?.area ?? null;
}
