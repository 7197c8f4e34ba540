import { firstLanguage } from "../i18n/language";

/** What was asked for at the very start is given out for so long; later everything is asked for anew. */
const KEPT_MS = 10_000;

/** What every page of the console asks first. */
const ofEveryPage = ["/v1/system", "/v1/session/settings", "/v1/session/notices/unread"];

/** The home page as it opens: the months and the comparison that nobody has chosen otherwise. */
export const homeQuestion = "/v1/dashboard?compare=previous";

const started = new Map<string, Promise<Response>>();

/**
 * Asks for what the page in the address will need while the scripts that show it are still on their way. The session
 * goes first, for without one everything else would be refused.
 */
export function startAsking(address: { pathname: string; search: string }, language = firstLanguage()): void {
  void begin("/v1/session", language)
    .then((response) => (response.ok ? response.clone().json() : null))
    .then((session: { permissions: string[]; must_first: string | null } | null) => {
      if (!session || session.must_first) return;
      const isHome = address.pathname === "/" && !address.search;
      if (isHome && session.permissions.includes("analytics.read")) void begin(homeQuestion, language);
      for (const path of ofEveryPage) void begin(path, language);
    })
    // Whoever takes the answer is told what went wrong.
    .catch(() => undefined);
}

/** The answer to a question that was asked at the start; each is given out once. */
export function takeStarted(request: Request): Promise<Response> | undefined {
  if (request.method !== "GET") return undefined;
  const { pathname, search } = new URL(request.url);
  const key = pathname + search;
  const found = started.get(key);
  started.delete(key);
  return found;
}

export function standardHeadersIn(language: string): Record<string, string> {
  return { "Accept-Language": language, "X-Shuke-Client": "console" };
}

function begin(path: string, language: string): Promise<Response> {
  const asked = fetch(path, { credentials: "same-origin", headers: standardHeadersIn(language) });
  asked.catch(() => undefined);
  started.set(path, asked);
  setTimeout(() => started.delete(path), KEPT_MS);
  return asked;
}
