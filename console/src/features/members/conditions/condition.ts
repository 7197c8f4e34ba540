import { type Condition, isEmpty } from "../../../kit/conditions/tree";

/** The condition that an address holds; what cannot be read is none. */
export function readCondition(text: string): Condition | null {
  if (text === "") return null;
  try {
    const read: unknown = JSON.parse(text);
    return isCondition(read) ? read : null;
  } catch {
    return null;
  }
}

/** As it stands in the address. */
export function writeCondition(condition: Condition | null): string {
  return isEmpty(condition) ? "" : JSON.stringify(condition);
}

function isCondition(read: unknown): read is Condition {
  return typeof read === "object" && read !== null && "rules" in read && Array.isArray(read.rules);
}
