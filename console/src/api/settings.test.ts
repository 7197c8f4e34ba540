import { QueryClient } from "@tanstack/react-query";
import { beforeEach, expect, test, vi } from "vitest";
import { keepSetting, show } from "./settings";

const server = vi.hoisted(() => ({
  settings: {} as Record<string, Record<string, unknown>>,
  answers: [] as (() => void)[],
}));

vi.mock("./client", () => ({
  answer: (given: Promise<unknown>) => given,
  client: {
    GET: () =>
      new Promise((done) => server.answers.push(() => done({ settings: structuredClone(server.settings) }))),
    PUT: async (_path: string, { params, body }: { params: { path: { key: string } }; body: never }) => {
      server.settings[params.path.key] = (body as { value: Record<string, unknown> }).value;
    },
    DELETE: async (_path: string, { params }: { params: { path: { key: string } } }) => {
      delete server.settings[params.path.key];
    },
  },
}));

const key = ["session", "settings"];

beforeEach(() => {
  server.settings = { "list.members": { density: "comfortable", columns: [] }, tour: { seen: true } };
  server.answers = [];
});

test("a change before the first load is finished waits for it, and overwrites nothing", async () => {
  const cache = new QueryClient();
  const change = (kept: Record<string, unknown> | undefined) => ({ ...kept, columns: ["name"] });
  show(cache, "list.members", change);
  const keeping = keepSetting(cache, "list.members", change);

  // Nothing is known yet: nothing may look as if it had been let go, and nothing is sent.
  expect(cache.getQueryData(key)).toBeUndefined();
  expect(server.settings["list.members"]).toEqual({ density: "comfortable", columns: [] });

  for (const answer of server.answers) answer();
  await keeping;

  const stored = { "list.members": { density: "comfortable", columns: ["name"] }, tour: { seen: true } };
  expect(server.settings).toEqual(stored);
  expect(cache.getQueryData(key)).toEqual(stored);
});

test("two changes before the first load are both kept", async () => {
  const cache = new QueryClient();
  const both = [
    keepSetting(cache, "list.members", (kept) => ({ ...kept, columns: ["name"] })),
    keepSetting(cache, "list.members", (kept) => ({ ...kept, density: "compact" })),
  ];
  for (const answer of server.answers) answer();
  await Promise.all(both);

  expect(server.settings["list.members"]).toEqual({ density: "compact", columns: ["name"] });
});

test("a change of what is known shows at once, and null lets it go", async () => {
  const cache = new QueryClient();
  cache.setQueryData(key, structuredClone(server.settings));
  show(cache, "tour", null);

  expect(cache.getQueryData(key)).toEqual({ "list.members": { density: "comfortable", columns: [] } });
  await keepSetting(cache, "tour", null);
  expect(server.settings).toEqual({ "list.members": { density: "comfortable", columns: [] } });
});
