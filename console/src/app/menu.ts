import type { Area, Feature, FeaturePage, Group } from "./feature";
import { features } from "./features";

export interface MenuArea {
  area: Area;
  pages: FeaturePage[];
  /** The same pages by group; empty in an area that has no groups. */
  groups: MenuGroup[];
}

export interface MenuGroup {
  group: Group;
  pages: FeaturePage[];
}

const areas: readonly Area[] = ["home", "members", "loyalty", "marketing", "sales", "insight", "settings"];
const groups: readonly Group[] = [
  "programme",
  "coupons",
  "points",
  "shop",
  "people",
  "data",
  "integrations",
  "system",
];

export function mayOpen(page: FeaturePage, permissions: readonly string[]): boolean {
  return page.permission === undefined || permissions.includes(page.permission);
}

/** The areas that have something to show to this person. */
export function menuFor(permissions: readonly string[], all: readonly Feature[] = features): MenuArea[] {
  const shown = (some: readonly Feature[]) =>
    some
      .flatMap((feature) => feature.pages)
      .filter((page) => page.title !== undefined && mayOpen(page, permissions));
  return areas
    .map((area) => {
      const here = all.filter((feature) => feature.area === area);
      const grouped = groups
        .map((group) => ({ group, pages: shown(here.filter((feature) => feature.group === group)) }))
        .filter(({ pages }) => pages.length > 0);
      const alone = shown(here.filter((feature) => feature.group === undefined));
      return { area, pages: [...alone, ...grouped.flatMap(({ pages }) => pages)], groups: grouped };
    })
    .filter((entry) => entry.pages.length > 0);
}

export function areaOf(path: string, all: readonly Feature[] = features): Area | null {
  const top = (page: string) => page.split("/")[1];
  return all.find((feature) => feature.pages.some((page) => top(page.path) === top(path)))?.area ?? null;
}

const helpOfArea: Record<Area, string> = {
  home: "figures",
  members: "read-a-member",
  loyalty: "programme",
  marketing: "coupons",
  sales: "checkout",
  insight: "figures",
  settings: "start",
};

/** The page of the guide that tells about an address. */
export function helpAt(pathname: string, all: readonly Feature[] = features): string {
  const found = all
    .flatMap((feature) => feature.pages.map((page) => ({ feature, page })))
    .filter(({ page }) => isAt(page.path, pathname))
    // An address with a name of its own goes before one that takes any.
    .sort((one, other) => one.page.path.split("$").length - other.page.path.split("$").length)[0];
  const area = found?.feature.area ?? areaOf(pathname, all);
  return found?.page.help ?? found?.feature.help ?? (area ? helpOfArea[area] : "README");
}

function isAt(path: string, pathname: string): boolean {
  const pattern = path.split("/");
  const parts = pathname.split("/");
  return (
    pattern.length === parts.length &&
    pattern.every((one, place) => one.startsWith("$") || one === parts[place])
  );
}
