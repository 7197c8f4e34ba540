import { describe, expect, test } from "vitest";
import { en } from "./en";
import { zh } from "./zh";

type Tree = { [key: string]: string | Tree };

function flat(tree: Tree, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "string" ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const chinese = flat(zh);
const english = flat(en);
const gaps = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

/** Names of file formats, of other scripts and of the API stay as they are. */
const borrowed = /CSV|Excel|English|API|Online Retail|number:M…/g;

describe("texts", () => {
  test("both languages have the same keys", () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  test("both languages fill the same gaps", () => {
    const uneven = [...chinese].filter(
      ([key, text]) => `${gaps(text)}` !== `${gaps(english.get(key) ?? "")}`,
    );
    expect(uneven).toEqual([]);
  });

  test("nothing is empty", () => {
    const empty = [...chinese, ...english].filter(([, text]) => text.trim() === "");
    expect(empty).toEqual([]);
  });

  test("Chinese texts carry no English fragments", () => {
    const mixed = [...chinese].filter(([, text]) =>
      /[A-Za-z]{2,}/.test(text.replace(/\{\{\w+\}\}/g, "").replace(borrowed, "")),
    );
    expect(mixed).toEqual([]);
  });

  test("English texts carry no Chinese", () => {
    const mixed = [...english].filter(
      ([key, text]) => /[\u3400-\u9fff]/.test(text) && key !== "frame.languageZh",
    );
    expect(mixed).toEqual([]);
  });
});
