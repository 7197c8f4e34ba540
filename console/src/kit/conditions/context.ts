import type { Fact } from "../../api/contract";

/** What the editor's controls know beside the rule that they stand for. */
export interface Known {
  facts: ReadonlyMap<string, Fact>;
  money: string;
  errors: readonly { pointer: string; detail: string }[];
  isLocked: boolean;
}

export function knownOf(context: unknown): Known {
  return context as Known;
}
