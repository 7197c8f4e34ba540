import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generated, target } from "../../tools/schema.mjs";

test("the types are those of the server's present API: if not, run `npm run generate`", async () => {
  expect(await readFile(target, "utf8")).toBe(await generated());
}, 60_000);
