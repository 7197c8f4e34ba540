import type { Fact } from "../../api/contract";

/** What the editor's controls know beside the rule that they stand for. */
export interface Known {
  facts: ReadonlyMap<string, Fact>;
  /** The facts to choose from, by group. */
  choices: { label: string; options: { value: string; label: string }[] }[];
  money: string;
  errors: readonly { pointer: string; detail: string }[];
}

export function knownOf(context: unknown): Known {
  return context as Known;
}
