import type { Region, Store } from "../../api/contract";

export interface RegionNode {
  region: Region;
  /** With the stores of the regions that lie in it. */
  stores: number;
  children: RegionNode[];
}

export function treeOf(regions: readonly Region[], stores: readonly Store[]): RegionNode[] {
  const below = (parent: number | null): RegionNode[] =>
    regions
      .filter((one) => one.parent_id === parent)
      .map((region) => {
        const children = below(region.id);
        const own = stores.filter((store) => store.region_id === region.id).length;
        return { region, children, stores: own + children.reduce((sum, one) => sum + one.stores, 0) };
      });
  return below(null);
}

/** A region and all that lie in it. */
export function within(region: number, regions: readonly Region[]): Set<number> {
  const found = new Set([region]);
  for (const one of found) {
    for (const { id, parent_id } of regions) if (parent_id === one) found.add(id);
  }
  return found;
}
