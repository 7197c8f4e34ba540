import { expect, test } from "vitest";
import { browserOf } from "./browserOf";

test.each([
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36",
    "Chrome · Windows",
  ],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1", "Safari · iOS"],
  ["Mozilla/5.0 (Linux; Android 15) Chrome/140.0 MicroMessenger/8.0", "WeChat · Android"],
  ["curl/8.0", ""],
])("a browser has the name that people use", (told, name) => {
  expect(browserOf(told)).toBe(name);
});
