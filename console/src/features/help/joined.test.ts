import { expect, test } from "vitest";
import { joined } from "./joined";

test("Chinese lines of a paragraph and of an item become one", () => {
  expect(joined("改这里只管以后，\n所以现在就定下来。")).toBe("改这里只管以后，所以现在就定下来。");
  expect(joined("1. 选一个，\n   再选一个\n2. 完成")).toBe("1. 选一个，再选一个\n2. 完成");
});

test("headings, items, tables and code stay lines of their own", () => {
  for (const text of [
    "# 标题\n正文",
    "正文\n\n正文",
    "正文\n- 一\n- 二",
    "| 甲 |\n|---|\n| 乙 |\n说明",
    "```\n商品编码\n面包\n```\n正文",
    "正文\n```\n面包\n```",
  ])
    expect(joined(text)).toBe(text);
});

test("English keeps its spaces", () => {
  expect(joined("It takes about an\nhour.")).toBe("It takes about an\nhour.");
  expect(joined("运行\nmake run")).toBe("运行\nmake run");
});
