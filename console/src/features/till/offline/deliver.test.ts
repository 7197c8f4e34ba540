import { expect, test, vi } from "vitest";
import { Refused, Unreachable } from "../../../api/client";
import { toldBy, verdictOf } from "./deliver";

vi.mock("./store", () => ({ keptSales: async () => [], move: async () => undefined }));

const problem = (code: string, status: number) => ({ code, title: "No", status, detail: "Because." });
const refused = (code: string, status: number) => new Refused(problem(code, status), status, null);
const reason = (code: string) => ({ code, title: "No", detail: "Because." });

test("what is new to the server and what it knows already are both done", () => {
  expect(verdictOf({ status: "created", error: null })).toEqual({ kind: "recorded" });
  expect(verdictOf({ status: "unchanged", error: null })).toEqual({ kind: "recorded" });
});

test("a refused sale of a batch tells why; a server that stumbled over it is asked again", () => {
  const error = (code: string, status: number) => problem(code, status) as never;

  expect(verdictOf({ status: "refused", error: error("members.not_found", 404) })).toEqual({
    kind: "refused",
    reason: reason("members.not_found"),
  });
  expect(verdictOf({ status: "refused", error: error("server.failed", 500) })).toEqual({
    kind: "stumbled",
    reason: reason("server.failed"),
  });
});

test.each([
  ["no network", new Unreachable()],
  ["a time that is over", new DOMException("slow", "TimeoutError")],
  ["an answer that breaks off", new TypeError("network error")],
  ["a server without its database", refused("system.unavailable", 503)],
  ["too much at once", refused("request.too_many", 429)],
])("%s: the sales wait", (_name, error) => {
  expect(toldBy(error)).toEqual({ kind: "away" });
});

test("somebody else has to sign in where nobody is, or one who may not", () => {
  expect(toldBy(refused("session.missing", 401))).toEqual({ kind: "signedOut" });
  expect(toldBy(refused("request.forbidden", 403))).toEqual({ kind: "signedOut" });
});

test("a store that is out of sight concerns one sale", () => {
  expect(toldBy(refused("request.out_of_sight", 403))).toEqual({
    kind: "refused",
    reason: reason("request.out_of_sight"),
  });
});

test("what cannot be understood is refused, and a failure is asked again", () => {
  expect(toldBy(refused("request.invalid", 422)).kind).toBe("refused");
  expect(toldBy(refused("server.failed", 500)).kind).toBe("stumbled");
});
