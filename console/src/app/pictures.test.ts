import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { features } from "./features";

const visited = [
  ...readFileSync(new URL("../../../e2e/screens.mjs", import.meta.url), "utf8").matchAll(
    /path: (?:\(\{ \w+ \}\) => (?:\(\w+ \? )?)?["`]([^"`?]+)/g,
  ),
].map(([, path]) => path?.split("/") ?? []);

const pages = features.flatMap((feature) => feature.pages.map(({ path }) => path));

/** `/members/$id` is seen where `/members/${member}` is visited, and not where `/members/bulk` is. */
function isVisited(path: string): boolean {
  const parts = path.split("/");
  return visited.some(
    (other) =>
      other.length === parts.length &&
      (other.join("/") === path || !pages.includes(other.join("/"))) &&
      parts.every((part, place) => part === other[place] || part.startsWith("$")),
  );
}

test("every page of the console is among those that are looked at in both languages and widths", () => {
  expect(pages.filter((path) => !isVisited(path))).toEqual([]);
});
