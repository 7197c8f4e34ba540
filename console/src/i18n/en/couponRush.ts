import type { Texts } from "../zh";

export const couponRush: Texts["couponRush"] = {
  tab: "Rush and draws",
  pause: "Stop now",
  resume: "Go on",
  paused: "Stopped. Within a second nobody can claim any more.",
  resumed: "Claiming goes on.",
  live: {
    title: "The rush, live",
    note: "When very many come at once: first come, first served, and never more than there are. Looks again every two seconds.",
    off: "This coupon takes no rush yet. Once it does, members claim with tickets that your shop's server has got in advance.",
    endless: "No limit",
  },
  sign: {
    open: "Being claimed",
    soldOut: "Sold out",
    paused: "Stopped",
    closed: "Not open",
  },
  figure: { taken: "Taken", free: "Left", attempts: "Attempts a second", queueing: "Told to queue" },
  definition: {
    taken: "How many belong to a member.",
    free: "How many nobody has yet; those that somebody is just taking count until it is certain.",
    attempts:
      "Attempts to claim a second, over the last ten. With several web processes: those of the one that answers.",
    queueing: "Those of them that were told to queue and come again.",
  },
  draws: {
    title: "Draws",
    note: "The seed's fingerprint is told before entries open, the seed after the draw: anybody can draw again, and nobody can change the result.",
    add: "Arrange a draw",
    empty: "No draws yet",
    emptyHint:
      "Where far more people want a coupon than there are, a draw is fairer than a race: they enter, and when entries have closed, winners are drawn and given their coupons.",
  },
  draw: {
    number: "Round {{round}}",
    round: "Round",
    state: "State",
    period: "Entries",
    entries: "Entered",
    winners: "To win",
    given: "Given",
    short: "{{entries}} entered, {{winners}} to win",
    states: { announced: "Announced", open: "Open", closed: "To be drawn", drawn: "Drawn" },
  },
  dialog: {
    title: "Arrange a draw",
    lead: "The seed is made when you save, and its fingerprint told. Times and winners cannot be changed afterwards.",
    period: "Entries open and close",
    periodHelp: "In the shop's time zone. Drawn within a minute of closing.",
    winners: "How many win",
    winnersHelp: "No more than are left to give.",
    submit: "Arrange",
    done: "Round {{round}} is arranged",
    needed: "Fill this in",
  },
  proof: {
    promise: "Fingerprint of the seed (SHA-256)",
    seed: "Seed",
    later: "Told after the draw",
    list: "Fingerprint of the list (SHA-256)",
    drawnAt: "Drawn",
    before:
      "Publish the seed's fingerprint before entries open. After the draw anybody can draw again with the seed and the list.",
    how: "To draw again: put each member's number into this, and sort by the results, the smallest first. The first ones win.",
  },
  entry: {
    place: "Place",
    number: "Member number",
    winner: "Winner",
    empty: "Nobody has entered yet",
    emptyHint: "Members enter with a ticket, or are entered by staff or a program.",
  },
};
