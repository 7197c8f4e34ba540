import { describe, expect, test } from "vitest";
import type { EntryKind } from "../../api/contract";
import { whyNotReversible } from "./reversal";

const entry = (kind: EntryKind, operation: string) => ({ kind, operation: { key: "k", kind: operation } });

describe("an entry", () => {
  test.each([
    ["earn", "credit"],
    ["spend", "debit"],
    ["capture", "capture"],
    ["adjust", "adjust"],
    ["transfer", "transfer"],
  ] as const)("%s by %s can be reversed", (kind, operation) => {
    expect(whyNotReversible(entry(kind, operation))).toBeNull();
  });

  test("of an order is corrected by a refund, whatever its kind", () => {
    expect(whyNotReversible(entry("earn", "order"))).toBe("accounts.reverse.no.order");
    expect(whyNotReversible(entry("take_back", "refund"))).toBe("accounts.reverse.no.order");
  });

  test("that reverses is not reversed again", () => {
    expect(whyNotReversible(entry("restore", "reverse"))).toBe("accounts.reverse.no.reversal");
    expect(whyNotReversible(entry("transfer", "reverse"))).toBe("accounts.reverse.no.reversal");
  });

  test("of merging members is undone with the merge", () => {
    expect(whyNotReversible(entry("transfer", "merge"))).toBe("accounts.reverse.no.merge");
  });

  test.each([
    ["hold", "hold"],
    ["release", "release"],
    ["release", "time_out"],
    ["expire", "expire"],
    ["mature", "mature"],
    ["cancel", "cancel"],
    ["refresh", "purchase"],
  ] as const)("%s by %s ends in another way", (kind, operation) => {
    expect(whyNotReversible(entry(kind, operation))).toBe(`accounts.reverse.no.${kind}`);
  });
});
