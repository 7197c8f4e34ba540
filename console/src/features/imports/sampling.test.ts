import { expect, test } from "vitest";
import { beginningOf } from "./sampling";

test("long text files are cut, others go whole", () => {
  const long = new Uint8Array(300_000);
  expect(beginningOf(new File([long], "a.CSV")).size).toBe(262_144);
  expect(beginningOf(new File([long], "a.csv.gz")).size).toBe(300_000);
  expect(beginningOf(new File([long], "a.xlsx")).size).toBe(300_000);
  const short = new File(["no,day\n"], "b.csv");
  expect(beginningOf(short)).toBe(short);
});
