import type { programme as zh } from "../zh/programme";

export const programme: typeof zh = {
  title: "Tiers & points",
  purpose: "How members rise and keep their level, and how many stand on each.",
  scheme: {
    title: "The rules",
    metric: {
      net_spend: "Tiers look at net spend: what was bought less what was returned.",
      growth: "Tiers look at growth.",
      other: "Tiers follow the measure of the scheme.",
    },
    window: "The last {{days}} days count.",
    validity: "A level holds for {{months}} months, then it is looked at again.",
    promote: {
      immediate: "Members rise the moment they reach a threshold, several levels at once if they may.",
      daily: "Checked once a day; whoever reached a threshold rises.",
      other: "Members rise after reaching a threshold.",
    },
    demote: {
      recompute: "When the time is up and the threshold is missed, members move to the level they do reach.",
      one_level: "When the time is up and the threshold is missed, members move down one level.",
      never: "Members never move down.",
      immediate: "Members move down as soon as their net spend no longer suffices.",
      other: "When the time is up and the threshold is missed, members move down.",
    },
    onRefund: {
      period_end: "A refund lowers nobody at once; it counts when the level is looked at again.",
      immediate: "When a refund leaves too little net spend, the level is looked at again at once.",
    },
  },
  levels: {
    title: "Levels",
    from: "from {{amount}}",
    entry: "on joining",
    members: "{{value}} members",
    see: "See these members",
  },
  share: "{{share}}",
  empty: { title: "No tiers yet", hint: "Once tiers are set up, members are placed by what they spend." },
};
