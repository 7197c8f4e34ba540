import type { Rolldown } from "vite";

type Group = Exclude<Rolldown.OutputOptions["codeSplitting"], boolean | undefined>["groups"];

/** A path inside the sources or packages, written with slashes, as a pattern for every system. */
const path = (pattern: string) => new RegExp(pattern.replaceAll("/", "[\\\\/]"));

/** What stands in the kit but comes with tables and lists only. */
const ofLists = "(DataTable|list/|Export|RecentExports|Keyset|Why)";

/**
 * Which modules share a file. Left to itself the bundler makes a file for every set of pages that share something:
 * hundreds of a kilobyte each, and a browser fetches six at a time. `firstFiles.ts` keeps watch over the result.
 */
export const chunks: Group = [
  { name: "charts", test: path("node_modules/(echarts|zrender)/"), priority: 10 },
  // First of all: what it asks for is under way while the rest is still being fetched.
  { name: "start", test: path("src/(start|api/headStart|i18n/language)\\.ts$"), priority: 9 },
  { name: "react", test: path("node_modules/(react|react-dom|scheduler)/"), priority: 8 },
  { name: "vendor", tags: ["$initial"], test: path("node_modules/"), priority: 7 },
  { name: "frame", tags: ["$initial"], priority: 6 },
  // What most pages are made of, but for the large parts that some do without.
  {
    name: "controls",
    test: path(
      "node_modules/(antd/es/(?!table|date-picker|pagination|transfer|tree|upload)|" +
        "@rc-component/(?!table|picker|tree|upload|pagination)|@ant-design/|@babel/|clsx/|@tanstack/)",
    ),
    minShareCount: 12,
    priority: 5,
  },
  {
    name: "dates",
    test: path("node_modules/(antd/es/(date-picker|calendar)|@rc-component/picker)/"),
    priority: 4,
  },
  { name: "icons", test: path("node_modules/@ant-design/icons"), minShareCount: 2, priority: 4 },
  { name: "kit", test: path(`src/(kit|api)/(?!conditions|${ofLists})`), minShareCount: 2, priority: 3 },
  {
    name: "lists",
    test: path(`node_modules/(antd/es/table|@rc-component/table)/|src/kit/${ofLists}`),
    priority: 2,
  },
];
