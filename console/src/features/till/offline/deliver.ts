import { Refused } from "../../../api/client";
import { isAway, isLater, recordSales, type SaleResult } from "../../../api/tillSales";
import { after, due, type KeptSale, type Reason, type Verdict } from "./queue";
import { keptSales, move } from "./store";

/** How a round ended. `signedOut`: the sales wait for somebody who may record them. */
export type Round = "done" | "away" | "signedOut";

const atOnce = 50;

/** Sends what is due, in the order in which it was sold; one tab at a time. */
export async function deliver(): Promise<Round> {
  // Pages without a secure address have no locks: then two tabs may send the same, and the numbers keep it one.
  if (!navigator.locks) return sendDue();
  return navigator.locks.request("shuke-till", { ifAvailable: true }, (lock) => (lock ? sendDue() : "done"));
}

async function sendDue(): Promise<Round> {
  for (;;) {
    const some = due(await keptSales(), Date.now()).slice(0, atOnce);
    if (some.length === 0) return "done";
    const round = await send(some);
    if (round !== "done") return round;
  }
}

async function send(some: KeptSale[]): Promise<Round> {
  let verdicts: Verdict[];
  try {
    verdicts = (await recordSales(some.map((one) => one.order))).map(verdictOf);
  } catch (error) {
    const told = toldBy(error);
    if (told.kind === "away" || told.kind === "signedOut") return told.kind;
    // One of them may spoil the whole: each for itself.
    if (some.length > 1) return sendEach(some);
    verdicts = [told];
  }
  const now = Date.now();
  await move(
    some.flatMap((seen, place) => {
      const verdict = verdicts[place];
      return verdict ? [{ seen, next: after(seen, verdict, now) }] : [];
    }),
  );
  return "done";
}

async function sendEach(some: KeptSale[]): Promise<Round> {
  for (const one of some) {
    const round = await send([one]);
    if (round !== "done") return round;
  }
  return "done";
}

/** What the server's result for one sale means. A number that it knows with the same content is as good as new. */
export function verdictOf(result: Pick<SaleResult, "status" | "error">): Verdict {
  if (result.status !== "refused") return { kind: "recorded" };
  const reason = reasonOf(result.error);
  const status = result.error?.status ?? 0;
  return status >= 500 || isLater(status) ? { kind: "stumbled", reason } : { kind: "refused", reason };
}

/** What the refusal of a whole request means. */
export function toldBy(error: unknown): Verdict | { kind: "away" } | { kind: "signedOut" } {
  if (isAway(error)) return { kind: "away" };
  if (!(error instanceof Refused)) throw error;
  const { status, problem } = error;
  if (isLater(status)) return { kind: "away" };
  // A store that is not the person's concerns one sale; everything else that is forbidden concerns the person.
  const isForbidden = status === 401 || (status === 403 && problem.code !== "request.out_of_sight");
  if (isForbidden) return { kind: "signedOut" };
  const reason = reasonOf(problem);
  return status >= 500 ? { kind: "stumbled", reason } : { kind: "refused", reason };
}

function reasonOf(
  problem: { code: string; title: string; detail?: string | null } | null | undefined,
): Reason {
  return { code: problem?.code ?? "", title: problem?.title ?? "", detail: problem?.detail ?? "" };
}
