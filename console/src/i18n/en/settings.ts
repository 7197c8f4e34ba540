import type { settings as zh } from "../zh/settings";

export const settings: typeof zh = {
  title: "System",
  purpose: "The shop's basics and the program version.",
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
};
