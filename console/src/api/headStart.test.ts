import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { homeQuestion, startAsking, takeStarted } from "./headStart";

const home = { pathname: "/", search: "" };
const every = ["/v1/system", "/v1/session/settings", "/v1/session/notices/unread"];
const manager = { permissions: ["analytics.read"], must_first: null };
let asked: string[];

function answering(session: object, status = 200): void {
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    return path === "/v1/session" ? Response.json(session, { status }) : Response.json({ path });
  });
}

const taken = (path: string, method = "GET") =>
  takeStarted(new Request(`http://shop.example${path}`, { method }));
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  asked = [];
});
afterEach(() => {
  for (const path of ["/v1/session", homeQuestion, ...every]) taken(path);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("what is asked at the very start", () => {
  test("is the session, then what every page needs, and on the home page its figures", async () => {
    answering(manager);

    startAsking(home, "en");
    await settled();

    expect(asked).toEqual(["/v1/session", homeQuestion, ...every]);
  });

  test("is no more than the session where nobody is signed in", async () => {
    answering({ code: "session.missing" }, 401);

    startAsking(home, "en");
    await settled();

    expect(asked).toEqual(["/v1/session"]);
    expect((await taken("/v1/session"))?.status).toBe(401);
  });

  test("is no more than the session while a password must be changed", async () => {
    answering({ ...manager, must_first: "password" });

    startAsking(home, "en");
    await settled();

    expect(asked).toEqual(["/v1/session"]);
  });

  test.each([
    ["another page", { pathname: "/members", search: "" }, manager],
    ["other months", { pathname: "/", search: "?period=month" }, manager],
    ["a person without figures", home, { ...manager, permissions: [] }],
  ])("leaves the figures out for %s", async (_, address, session) => {
    answering(session);

    startAsking(address, "en");
    await settled();

    expect(asked).toEqual(["/v1/session", ...every]);
  });
});

describe("an answer from the start", () => {
  test("is given out once, and only for the same question", async () => {
    answering(manager);
    startAsking(home, "en");
    await settled();

    expect(taken("/v1/dashboard?compare=none")).toBeUndefined();
    expect(taken("/v1/system", "POST")).toBeUndefined();
    expect(await (await taken("/v1/system"))?.json()).toEqual({ path: "/v1/system" });
    expect(taken("/v1/system")).toBeUndefined();
  });

  test("is not given out when it has grown old", async () => {
    vi.useFakeTimers();
    answering(manager);
    startAsking(home, "en");
    await vi.advanceTimersByTimeAsync(10_001);

    expect(taken("/v1/session")).toBeUndefined();
  });

  test("that never came fails for whoever takes it", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("no network")));
    startAsking(home, "en");
    await settled();

    await expect(taken("/v1/session")).rejects.toThrow("no network");
  });
});
