import type { settings as zh } from "../zh/settings";

export const settings: typeof zh = {
  title: "System health",
  purpose: "Whether everything is well, at a glance; where it is not, what to do.",
  about: "About this installation",
  health: {
    ok: "All is well",
    note: "Working, with {{count}} to look at",
    wrong_one: "{{count}} thing needs mending, soon",
    wrong_other: "{{count}} things need mending, soon",
    checkedAt: "Looked at {{at}}; looks again every 20 seconds",
    state: { ok: "Well", note: "Look", wrong: "Wrong" },
    group: {
      work: "Background work",
      database: "Database",
      safety: "Backups and safety",
      program: "Program",
    },
    open: "Open",
  },
  shop: "Shop",
  programme: "Programme",
  currency: "Currency",
  timeZone: "Time zone",
  today: "The shop's today",
  clock: "Clock",
  clockReal: "Real time",
  clockSet: "Demo clock, set to a day in the past",
  version: "Version",
  demo: "Demo data",
  demoYes: "Yes: {{source}}",
  demoYesPlain: "Yes",
  demoNo: "No",
  demonstration: {
    title: "Demonstration",
    purpose:
      "Exchange the data for another demonstration, or start empty with your own shop. All present data are deleted; the people who sign in stay.",
    present: {
      chain:
        "Now: Shuke Home, a generated chain for the household (12 stores, twenty thousand members, 18 months of orders)",
      "online-retail": "Now: Online Retail, real orders of a British gift wholesaler",
      empty: "Now: an empty shop, without members and orders",
      own: "Now: your own shop",
    },
    option: {
      chain: "Shuke Home (a chain of stores)",
      "online-retail": "Online Retail (real orders)",
      empty: "Empty: start with your own shop",
    },
    explain: {
      chain:
        "A generated Chinese chain for the household: yuan, 12 stores with shop assistants, birthdays, seasons, returns, points as payment, coupons.",
      "online-retail":
        "Real orders of a British gift wholesaler, 2010 to 2011, in pounds. Members' names are generated.",
      empty:
        "No members, products or orders, and a programme to begin with: ready for your own data. You choose currency and time zone.",
    },
    start: "Exchange",
    confirmTitle: "Delete everything in “{{shop}}”?",
    confirmText:
      "Members, orders, points, rules and settings are deleted and cannot be brought back. The page loads again by itself; nobody has to sign in again.",
    currency: "Currency of the new shop",
    timeZone: "Time zone of the new shop",
    beginningWhy:
      "Amounts of orders, rules and levels are in this currency, and days go by this time zone. Neither can be changed once something was entered.",
    typeName: "Type the shop's name “{{shop}}” to confirm",
    keep: "Keep it",
    preparing: "Preparing “{{to}}”",
    preparingHint: "Go on working meanwhile; when it is ready the program restarts for a few seconds.",
    lines: "{{done}} of {{total}} lines done",
    restarting: "The program is restarting with the new data",
    failed:
      "It could not be prepared; the present data are as they were. Look at the program's log and try again.",
  },
};
