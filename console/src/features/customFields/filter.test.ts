import { expect, test } from "vitest";
import { customQuery, readFilter, writeFilter } from "./filter";

test("what is asked comes back from the address as it was", () => {
  const asked = { shoe_min: "40", city: "南京 & 西", empty: "" };

  const text = writeFilter(asked);

  expect(readFilter(text)).toEqual({ shoe_min: "40", city: "南京 & 西" });
  expect(customQuery(text)).toEqual({ "custom.shoe_min": "40", "custom.city": "南京 & 西" });
});
