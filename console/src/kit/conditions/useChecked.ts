import type { ConditionScope } from "../../api/contract";
import { useSentence } from "../../api/facts";
import { useSettled } from "../useSettled";
import { type Condition, isEmpty } from "./tree";

/** What the server says of a condition once it has stopped changing. */
export function useChecked(scope: ConditionScope, condition: Condition | null) {
  const settled = useSettled(isEmpty(condition) ? null : JSON.stringify(condition), 400);
  return useSentence(scope, settled);
}

export type Checked = ReturnType<typeof useChecked>;
