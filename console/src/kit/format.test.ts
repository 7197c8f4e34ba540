import { describe, expect, test } from "vitest";
import * as format from "./format";

describe("money", () => {
  test("stands in minor units and is shown with the currency's own sign", () => {
    expect(format.money(123450, "CNY", "zh-CN")).toBe("¥1,234.50");
    expect(format.money(123450, "GBP", "zh-CN")).toBe("£1,234.50");
    expect(format.money(123450, "GBP", "en")).toBe("£1,234.50");
  });

  test("knows currencies without pennies", () => {
    expect(format.money(1234, "JPY", "en")).toBe("¥1,234");
  });

  test("uses a real minus", () => {
    expect(format.money(-550, "GBP", "en")).toBe("−£5.50");
  });

  test("is short where there is little room", () => {
    expect(format.shortMoney(74800000, "GBP", "zh-CN")).toBe("£74.8万");
    expect(format.shortMoney(74800000, "GBP", "en")).toBe("£748k");
    expect(format.shortMoney(300000, "CNY", "zh-CN")).toBe("¥3,000");
    expect(format.shortCount(3000, "zh-CN")).toBe("3,000");
  });

  test("keeps unit prices finer than a penny", () => {
    expect(format.unitPrice("2.5535", "GBP", "en")).toBe("£2.5535");
    expect(format.unitPrice("2.5", "GBP", "en")).toBe("£2.50");
  });
});

describe("numbers", () => {
  test("are grouped and signed", () => {
    expect(format.count(4372, "zh-CN")).toBe("4,372");
    expect(format.signedCount(24, "en")).toBe("+24");
    expect(format.signedCount(-24, "en")).toBe("−24");
    expect(format.signedCount(0, "en")).toBe("0");
  });

  test("shares come per ten thousand", () => {
    expect(format.share(3841, "zh-CN")).toBe("38.41%");
    expect(format.share(3841, "en", 1)).toBe("38.4%");
  });

  test("growth needs something to grow from", () => {
    expect(format.growth(150, 100)).toBe(0.5);
    expect(format.growth(50, 100)).toBe(-0.5);
    expect(format.growth(10, 0)).toBeNull();
    expect(format.growth(null, 10)).toBeNull();
    expect(format.growth(10, null)).toBeNull();
  });

  test("quantities lose padding zeros", () => {
    expect(format.quantity("6.000", "en")).toBe("6");
    expect(format.quantity("1.250", "en")).toBe("1.25");
    expect(format.quantity("-3", "en")).toBe("−3");
  });

  test("file sizes", () => {
    expect(format.bytes(512, "en")).toBe("512 B");
    expect(format.bytes(45580638, "en")).toBe("43 MB");
  });
});

describe("days and times", () => {
  test("read as each language writes them", () => {
    expect(format.day("2011-12-09", "zh-CN")).toBe("2011-12-09");
    expect(format.day("2011-12-09", "en")).toBe("9 Dec 2011");
    expect(format.dayWithWeekday("2026-11-22", "zh-CN")).toBe("2026-11-22 周日");
    expect(format.month("2011-03", "zh-CN")).toBe("2011年3月");
    expect(format.monthDay("05-14", "zh-CN")).toBe("5月14日");
    expect(format.monthDay("05-14", "en")).toBe("14 May");
  });

  test("an instant is told where the shop is", () => {
    expect(format.moment("2026-11-22T06:05:00Z", "Asia/Shanghai", "zh-CN")).toBe("2026-11-22 周日 14:05");
    expect(format.moment("2026-11-22T20:05:00Z", "Asia/Shanghai", "en")).toBe("Mon 23 Nov 2026, 04:05");
  });

  test("midnight is 00, not 24", () => {
    expect(format.inZone("2026-11-22T00:00:00Z", "UTC")).toEqual({ day: "2026-11-22", time: "00:00" });
  });

  test("age is told within the day only", () => {
    const now = "2011-12-11T09:30:00Z";

    expect(format.ageWithinDay("2011-12-11T09:29:30Z", now, "UTC")).toEqual({ unit: "now" });
    expect(format.ageWithinDay("2011-12-11T09:05:00Z", now, "UTC")).toEqual({ unit: "minutes", count: 25 });
    expect(format.ageWithinDay("2011-12-11T06:10:00Z", now, "UTC")).toEqual({ unit: "hours", count: 3 });
    expect(format.ageWithinDay("2011-12-10T23:59:00Z", now, "UTC")).toBeNull();
    expect(format.ageWithinDay("2011-12-11T10:00:00Z", now, "UTC")).toBeNull();
  });
});

test("a name in two languages falls back to the one that exists", () => {
  expect(format.localName({ zh: "金卡", en: "Gold" }, "en")).toBe("Gold");
  expect(format.localName({ zh: "金卡", en: "" }, "en")).toBe("金卡");
});
