import type { Stacking } from "../../../api/coupons";

type Pair = [string, string];

const isOf = (first: string, second: string) => (pair: readonly string[]) =>
  (pair[0] === first && pair[1] === second) || (pair[0] === second && pair[1] === first);

/** Whether two different groups go together. */
export function goTogether(stacking: Stacking, first: string, second: string): boolean {
  if (stacking.never.some(isOf(first, second))) return false;
  return stacking.together || stacking.always.some(isOf(first, second));
}

/** The same rules, but for one pair, for which it is the other way round. */
export function switchPair(stacking: Stacking, first: string, second: string): Stacking {
  const goes = goTogether(stacking, first, second);
  const other = (pair: readonly string[]) => !isOf(first, second)(pair);
  const never = stacking.never.filter(other);
  const always = stacking.always.filter(other);
  const pair: Pair = [first, second];
  // What is as it would be anyway is not said.
  if (goes && stacking.together) never.push(pair);
  if (!goes && !stacking.together) always.push(pair);
  return { ...stacking, never, always };
}

/** The same rules without a group, and without what was said of it. */
export function withoutGroup(stacking: Stacking, category: string): Stacking {
  const other = (pair: readonly string[]) => !pair.includes(category);
  return {
    ...stacking,
    groups: stacking.groups.filter((group) => group.category !== category),
    never: stacking.never.filter(other),
    always: stacking.always.filter(other),
  };
}

/** A group one place up or down. */
export function moveGroup(stacking: Stacking, place: number, by: -1 | 1): Stacking {
  const groups = [...stacking.groups];
  const [moved] = groups.splice(place, 1);
  if (moved) groups.splice(place + by, 0, moved);
  return { ...stacking, groups };
}
