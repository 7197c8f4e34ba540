import { Refused } from "../../../api/client";
import { askTime, isAway } from "../../../api/tillSales";
import { tellTime } from "./clock";
import { deliver } from "./deliver";
import { nextAt, pauseAfter } from "./queue";
import { keptSales, onSales } from "./store";

export interface ConnectionState {
  isOnline: boolean;
  /** Since when it is so, in milliseconds of the browser's clock. */
  since: number;
  /** Sales that the server does not have yet. */
  waiting: number;
  /** Sales that the server refused, and somebody has to decide about. */
  refused: number;
  isSending: boolean;
  /** The server is there, and nobody is signed in who may record sales. */
  isSignedOut: boolean;
}

const idleMs = 30_000;
const longestAwayMs = 30_000;

/** Knows whether the server is there, and sends what waits as soon as it is. One for the page. */
class Connection {
  private state: ConnectionState = {
    isOnline: navigator.onLine,
    since: Date.now(),
    waiting: 0,
    refused: 0,
    isSending: false,
    isSignedOut: false,
  };
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private looking: Promise<void> | null = null;
  private stop: (() => void) | null = null;

  now = (): ConnectionState => this.state;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) this.start();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.stop?.();
    };
  };

  /** The server has just answered. */
  heard(): void {
    this.failures = 0;
    this.set({ isOnline: true, isSignedOut: false });
  }

  /** A request did not get through, or the server could not carry it out. */
  lost(error: unknown): void {
    if (isAway(error)) this.set({ isOnline: false });
    this.plan(pauseAfter(1));
  }

  lookSoon(): void {
    if (!this.looking) this.plan(0);
  }

  /** Looks for the server and sends what waits, now. */
  sendNow = async (): Promise<void> => {
    this.failures = 0;
    await this.look();
  };

  private start(): void {
    const online = () => this.lookSoon();
    const offline = () => {
      this.set({ isOnline: false });
      this.lookSoon();
    };
    const quiet = onSales(() => void this.count());
    window.addEventListener("online", online);
    window.addEventListener("offline", offline);
    document.addEventListener("visibilitychange", online);
    this.stop = () => {
      quiet();
      window.removeEventListener("online", online);
      window.removeEventListener("offline", offline);
      document.removeEventListener("visibilitychange", online);
      clearTimeout(this.timer);
      this.stop = null;
    };
    void this.count();
    this.plan(0);
  }

  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    try {
      tellTime((await askTime()).now);
      this.heard();
      await this.send();
    } catch (error) {
      if (error instanceof Refused && !isAway(error))
        this.set({ isOnline: true, isSignedOut: error.status === 401 });
      else this.away();
    }
    await this.planNext();
  }

  private away(): void {
    this.failures += 1;
    this.set({ isOnline: false });
  }

  private async send(): Promise<void> {
    await this.count();
    if (this.state.waiting === 0) return;
    this.set({ isSending: true });
    try {
      const round = await deliver();
      if (round === "away") this.away();
      if (round === "signedOut") this.set({ isSignedOut: true });
    } finally {
      this.set({ isSending: false });
      await this.count();
    }
  }

  private async planNext(): Promise<void> {
    if (this.failures > 0) return this.plan(Math.min(longestAwayMs, pauseAfter(this.failures)));
    const at = nextAt(await keptSales().catch(() => []));
    this.plan(at === null ? idleMs : Math.min(idleMs, Math.max(1_000, at - Date.now())));
  }

  private plan(pauseMs: number): void {
    if (!this.stop) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(), pauseMs);
  }

  private async count(): Promise<void> {
    const all = await keptSales().catch(() => []);
    const refused = all.filter((one) => one.state === "refused").length;
    // What is being sold at this moment does not wait yet.
    const sending = all.filter((one) => one.state === "sending" && one.not_before > Date.now()).length;
    this.set({ waiting: all.length - refused - sending, refused });
  }

  private set(change: Partial<ConnectionState>): void {
    const next = { ...this.state, ...change };
    if (next.isOnline !== this.state.isOnline) next.since = Date.now();
    const names = Object.keys(next) as (keyof ConnectionState)[];
    if (names.every((name) => next[name] === this.state[name])) return;
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}

export const connection = new Connection();
