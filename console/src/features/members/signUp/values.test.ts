import { expect, test } from "vitest";
import { birthdayWish, isBirthday, numberOfTaken, profileWish } from "./values";

test("a birthday is a day with its year or without", () => {
  expect(["1990-05-20", "05-20", " 12-31 "].map(isBirthday)).toEqual([true, true, true]);
  expect(["1990", "13-01", "1990-5-2", "05-32", "20/05"].map(isBirthday)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
  expect([birthdayWish("1990-05-20"), birthdayWish(" 05-20 ")]).toEqual(["1990-05-20", "--05-20"]);
});

test("what was left empty is not asked to be changed", () => {
  expect(profileWish({ name: " 王小明 ", birthday: "05-20", address: " " })).toEqual({
    name: "王小明",
    birthday: "--05-20",
  });
  expect(profileWish({ gender: "female" })).toEqual({ gender: "female" });
});

test("a refusal names the member who has the identity, and other refusals name nobody", () => {
  const taken = { code: "members.identity_taken", title: "", status: 409 };

  expect(numberOfTaken({ ...taken, detail: "该身份标识属于会员 M92H6YCKBJK。请打开这位会员。" })).toBe(
    "M92H6YCKBJK",
  );
  expect(numberOfTaken({ ...taken, detail: "This identity belongs to member M7K2Q9. Open it." })).toBe(
    "M7K2Q9",
  );
  expect(numberOfTaken({ ...taken, code: "members.bad_phone", detail: "M7K2Q9" })).toBeNull();
});
