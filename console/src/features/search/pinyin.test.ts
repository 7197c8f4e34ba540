import { expect, test } from "vitest";
import { isSpelt } from "./pinyin";

test.each([
  ["新建会员", "xinjian"],
  ["新建会员", "xjhy"],
  ["新建会员", "xinjhuiyuan"],
  ["新建会员", "huiyuan"],
  ["新建会员", "HY"],
  ["成长值", "czz"],
  ["疑似重复", "chongfu"],
  ["优惠券", "you hui"],
  ["API 密钥", "miyao"],
])("%s is found by %s", (text, typed) => expect(isSpelt(text, typed)).toBe(true));

test.each([
  ["新建会员", "jx"],
  ["新建会员", "xhy"],
  ["新建会员", ""],
  ["新建会员", "新"],
  ["新建会员", "xinjianhuiyuanx"],
])("%s is not found by %s", (text, typed) => expect(isSpelt(text, typed)).toBe(false));
