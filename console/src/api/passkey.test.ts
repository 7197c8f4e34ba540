import { describe, expect, test } from "vitest";
import { bytes, text } from "./passkey";

describe("bytes between server and browser", () => {
  test("come back as they went, in the alphabet of addresses", () => {
    const all = Uint8Array.from({ length: 256 }, (_, place) => place);

    const written = text(all.buffer);

    expect(written).toMatch(/^[\w-]+$/);
    expect(new Uint8Array(bytes(written))).toEqual(all);
  });
});
