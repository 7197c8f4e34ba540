/** What a form says, with fields that somebody emptied as nothing; a form drops those otherwise. */
export function cleared<Values extends object>(values: Values, kept: readonly (keyof Values)[]): Values {
  const empty = Object.fromEntries(kept.map((key) => [key, values[key] ?? null]));
  return { ...values, ...empty };
}
