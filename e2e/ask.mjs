import assert from "node:assert/strict";

/** Asks the server as the person who is signed in on a page; what it refuses ends the story. */
export async function ask(page, method, address, body, headers) {
  const { status, body: said } = await answer(page, method, address, body, headers);
  assert.ok(status < 400, `${method} ${address}: ${status} ${JSON.stringify(said)}`);
  return said;
}

/** The same, where a refusal is an answer too: `{ status, body }`. */
export function answer(page, method, address, body, headers = {}) {
  return page.evaluate(
    async ([how, where, what, more]) => {
      const found = await fetch(where, {
        method: how,
        headers: { "Content-Type": "application/json", "X-Shuke-Client": "console", ...more },
        body: what === undefined ? undefined : JSON.stringify(what),
      });
      return { status: found.status, body: await found.json().catch(() => null) };
    },
    [method, address, body, headers],
  );
}
