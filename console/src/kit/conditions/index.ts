export { ConditionBuilder } from "./ConditionBuilder";
export { ConditionText } from "./ConditionText";
export type { Condition, ConditionRule } from "./tree";
