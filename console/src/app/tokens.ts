/** The one place where colours, type and spacing are decided; antd, echarts and our own CSS are all fed from here. */

export type Mode = "light" | "dark";

export interface Palette {
  accent: string;
  /** Under the pointer; white reads on it as well. */
  accentHover: string;
  accentText: string;
  accentSoft: string;
  text: string;
  textSecondary: string;
  textFaint: string;
  page: string;
  card: string;
  raised: string;
  line: string;
  lineSoft: string;
  hover: string;
  success: string;
  warning: string;
  danger: string;
  heat: string;
  /** Eight hues that stay apart for people with any common colour-vision deficiency; never the accent. */
  series: readonly [string, string, string, string, string, string, string, string];
}

const light: Palette = {
  accent: "#C8442B",
  accentHover: "#B83A22",
  accentText: "#B83A22",
  accentSoft: "#FBEDEA",
  text: "#1F2329",
  textSecondary: "#646A73",
  textFaint: "#6F757E",
  page: "#F5F6F7",
  card: "#FFFFFF",
  raised: "#FFFFFF",
  line: "#DEE0E3",
  lineSoft: "#EBECEE",
  hover: "#F5F6F7",
  success: "#237804",
  warning: "#A36000",
  danger: "#CF1322",
  heat: "59, 111, 182",
  series: ["#3B6FB6", "#E2A23B", "#2F9C8F", "#8F6FC1", "#7FB9E6", "#A08C3C", "#CB7FA8", "#8A919C"],
};

const dark: Palette = {
  accent: "#C8442B",
  accentHover: "#B83A22",
  accentText: "#F08A70",
  accentSoft: "#3A221D",
  text: "#E8EAED",
  textSecondary: "#A6ACB5",
  textFaint: "#8F959E",
  page: "#141517",
  card: "#1D1F22",
  raised: "#26292D",
  line: "#34373C",
  lineSoft: "#2A2D31",
  hover: "#26292D",
  success: "#7BC95A",
  warning: "#E3B341",
  danger: "#FF7875",
  heat: "108, 160, 226",
  series: ["#6CA0E2", "#E5B25C", "#4DB8AA", "#AC90DB", "#A3CFF0", "#BFAB58", "#DC9BBF", "#A3A9B3"],
};

export const palettes: Record<Mode, Palette> = { light, dark };

export const fontFamily =
  '-apple-system, "PingFang SC", "HarmonyOS Sans SC", "Source Han Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", "Segoe UI", Roboto, sans-serif';

/** Four sizes, two weights, a 4 px grid. */
export const type = { small: 12, body: 14, title: 20, figure: 24, regular: 400, strong: 600 } as const;
export const radius = 6;
export const narrowBelow = 768;

/** Tiers own these colours; nothing else may use them. Each has a light and a dark reading. */
export const tierColours: Record<string, Record<Mode, string>> = {
  bronze: { light: "#A9714B", dark: "#C68E67" },
  silver: { light: "#8C97A6", dark: "#B4BECC" },
  gold: { light: "#C79A2B", dark: "#E0B84E" },
  diamond: { light: "#2B2F38", dark: "#E3E6EB" },
};
