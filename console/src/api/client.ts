import createClient from "openapi-fetch";
import type { Problem, paths } from "./contract";
import { standardHeadersIn, takeStarted } from "./headStart";
import { proveAgain } from "./proof";

/** The server answered, and the answer was no. */
export class Refused extends Error {
  readonly problem: Problem;
  readonly status: number;
  readonly retryAfterSeconds: number | null;

  constructor(problem: Problem, status: number, retryAfterSeconds: number | null) {
    super(problem.detail ?? problem.title);
    this.name = "Refused";
    this.problem = problem;
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer at all: the network or the server is down. */
export class Unreachable extends Error {
  constructor() {
    super("unreachable");
    this.name = "Unreachable";
  }
}

let language = "zh-CN";

/** Texts made by the server come in the language the person reads. */
export function speak(next: string): void {
  language = next;
}

export function standardHeaders(): Record<string, string> {
  return standardHeadersIn(language);
}

async function reachingFetch(request: Request): Promise<Response> {
  const again = request.method === "GET" ? null : request.clone();
  const response = await sentFetch(request);
  if (!again || response.status !== 403 || !isJson(response)) return response;
  const { code } = await response.clone().json();
  // The person proves who it is, and the same request goes out once more.
  return code === "session.proof_needed" && (await proveAgain()) ? sentFetch(again) : response;
}

async function sentFetch(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = await (takeStarted(request) ?? fetch(request));
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable();
  }
  // A proxy in front of a server that is down answers with its own page, never with a problem document.
  if (response.status >= 502 && response.status <= 504 && !isJson(response)) throw new Unreachable();
  return response;
}

function isJson(response: Response): boolean {
  return (response.headers.get("Content-Type") ?? "").includes("json");
}

export const client = createClient<paths>({ baseUrl: "/", credentials: "same-origin", fetch: reachingFetch });

client.use({
  onRequest({ request }) {
    for (const [name, value] of Object.entries(standardHeaders())) request.headers.set(name, value);
    return request;
  },
});

export function problemFrom(body: unknown, status: number): Problem {
  if (typeof body === "object" && body !== null && "code" in body && "title" in body) return body as Problem;
  return { code: `http.${status}`, title: "", status };
}

/** Hands back the body, or throws what a screen can show. */
export async function answer<Body>(
  call: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await call;
  if (!response.ok) {
    const retryAfter = Number(response.headers.get("Retry-After"));
    throw new Refused(
      problemFrom(error, response.status),
      response.status,
      Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
    );
  }
  return data as Body;
}
