import type { Benefit, BenefitKind } from "../../api/benefits";
import type { Level } from "../../api/contract";

/** Held for as long as the level lasts. */
export const runningKinds: readonly BenefitKind[] = [
  "discount",
  "free_shipping",
  "priority_service",
  "early_access",
  "exclusive_products",
];
/** Granted once per occasion. */
export const giftKinds: readonly BenefitKind[] = [
  "birthday_gift",
  "upgrade_gift",
  "monthly_gift",
  "anniversary_gift",
  "date_gift",
];
export const allKinds = [...runningKinds, ...giftKinds];
/** Gifts around a day, which have a window. */
export const datedKinds: readonly BenefitKind[] = ["birthday_gift", "anniversary_gift", "date_gift"];

export function isGift(kind: BenefitKind): boolean {
  return giftKinds.includes(kind);
}

export interface MatrixRow {
  kind: BenefitKind;
  /** By level, in the order of the levels given. */
  cells: Benefit[][];
}

/** Levels against kinds: what each level has of each kind; kinds that nobody has are left out. */
export function matrixOf(benefits: readonly Benefit[], levels: readonly Pick<Level, "code">[]): MatrixRow[] {
  return allKinds.flatMap((kind) => {
    const ofKind = benefits.filter((one) => one.kind === kind);
    if (ofKind.length === 0) return [];
    const cells = levels.map(({ code }) =>
      ofKind.filter((one) => one.levels.length === 0 || one.levels.includes(code)),
    );
    return [{ kind, cells }];
  });
}
