import type { Level, TierStart, Tiers, TiersWish } from "../../../api/contract";

/** A level as the form holds it. `isNew`: not saved yet, so it may still be taken away. */
export interface LevelValues {
  code: string;
  name_zh: string;
  name_en: string;
  colour: string;
  threshold: number | null;
  keep_threshold: number | null;
  deduct: number | null;
  is_floor: boolean;
  isNew: boolean;
}

export interface Values {
  levels: LevelValues[];
  parameters: Record<string, unknown>;
}

export function valuesOf({ scheme, levels }: Tiers): Values {
  return {
    levels: levels.toSorted((a, b) => a.rank - b.rank).map(levelValues),
    parameters: { ...scheme.parameters },
  };
}

function levelValues(level: Level): LevelValues {
  return {
    code: level.code,
    name_zh: level.name.zh,
    name_en: level.name.en,
    colour: level.colour,
    threshold: level.threshold,
    keep_threshold: level.keep_threshold,
    deduct: level.deduct || null,
    is_floor: level.is_floor,
    isNew: false,
  };
}

/** A level above those that are there, under a code that none of them has. */
export function addedLevel(levels: LevelValues[]): LevelValues {
  const taken = new Set(levels.map((level) => level.code));
  let number = levels.length + 1;
  while (taken.has(`level_${number}`)) number += 1;
  const highest = levels.at(-1)?.threshold ?? 0;
  return {
    code: `level_${number}`,
    name_zh: "",
    name_en: "",
    colour: "#6B7A99",
    threshold: Math.max(1, highest * 2),
    keep_threshold: null,
    deduct: null,
    is_floor: false,
    isNew: true,
  };
}

/** The levels with the figures of a scheme to begin with; those above it keep their own. */
export function withFigures(levels: LevelValues[], start: TierStart): LevelValues[] {
  return levels.map((level, index) => {
    const figures = start.levels[index];
    return figures ? { ...level, ...figures, deduct: figures.deduct || null } : level;
  });
}

/** What is sent: the levels from the lowest up, without what the form alone knows. */
export function wishOf(values: Values, parameters: Record<string, unknown>, isDeducting: boolean): TiersWish {
  return {
    levels: values.levels.map((level, index) => ({
      code: level.code,
      name_zh: (level.name_zh ?? "").trim(),
      name_en: (level.name_en ?? "").trim(),
      colour: level.colour,
      threshold: index === 0 ? 0 : (level.threshold ?? 0),
      keep_threshold: index === 0 ? null : (level.keep_threshold ?? null),
      deduct: index > 0 && isDeducting ? (level.deduct ?? null) : null,
      is_floor: index > 0 && Boolean(level.is_floor),
    })),
    parameters: parameters as TiersWish["parameters"],
  };
}
