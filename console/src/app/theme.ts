import { theme as antdTheme, type ThemeConfig } from "antd";
import { fontFamily, type Mode, palettes, radius, type } from "./tokens";

export function antdThemeFor(mode: Mode): ThemeConfig {
  const palette = palettes[mode];
  return {
    algorithm: mode === "dark" ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: palette.accent,
      colorPrimaryHover: palette.accentHover,
      colorInfo: palette.series[0],
      colorLink: palette.text,
      colorLinkHover: palette.accentText,
      colorLinkActive: palette.accentText,
      colorText: palette.text,
      colorTextSecondary: palette.textSecondary,
      colorTextTertiary: palette.textSecondary,
      colorTextDescription: palette.textSecondary,
      colorTextPlaceholder: palette.textFaint,
      colorBgLayout: palette.page,
      colorBgContainer: palette.card,
      colorBgElevated: palette.raised,
      colorBorder: palette.line,
      colorBorderSecondary: palette.lineSoft,
      colorError: palette.danger,
      fontFamily: "var(--font)",
      fontSize: type.body,
      borderRadius: radius,
      // Our own style sheets only fade; everything that moves is antd's.
      motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    },
    components: {
      Button: {
        primaryShadow: "none",
        defaultShadow: "none",
        dangerShadow: "none",
        defaultHoverColor: palette.accentText,
        defaultActiveColor: palette.accentText,
      },
      // In the dark antd makes paler words of the seed than can be read.
      Form: { colorError: palette.danger },
      // 22 px of text and 2 × 9 px make the 40 px row.
      Table: {
        cellPaddingBlock: 9,
        cellPaddingInline: 12,
        headerBg: palette.card,
        headerColor: palette.textSecondary,
        headerSplitColor: "transparent",
        headerSortActiveBg: palette.card,
        headerSortHoverBg: palette.hover,
        bodySortBg: palette.card,
        rowHoverBg: palette.hover,
        rowSelectedBg: palette.accentSoft,
        rowSelectedHoverBg: palette.accentSoft,
        borderColor: palette.lineSoft,
      },
      Menu: {
        itemBg: "transparent",
        itemSelectedBg: palette.accentSoft,
        itemSelectedColor: palette.accentText,
        itemHoverBg: palette.hover,
        itemActiveBg: palette.accentSoft,
        activeBarBorderWidth: 0,
        itemHeight: 36,
        iconMarginInlineEnd: 12,
      },
      Tabs: {
        itemColor: palette.textSecondary,
        itemSelectedColor: palette.accentText,
        itemHoverColor: palette.text,
        inkBarColor: palette.accent,
        horizontalMargin: "0",
      },
      Segmented: { itemSelectedBg: palette.raised, trackBg: palette.lineSoft },
      // The words of a mark; its ground stays pale.
      Tag: { colorSuccess: palette.success, colorWarning: palette.warning, colorError: palette.danger },
      Drawer: { paddingLG: 20 },
    },
  };
}

/** Our own style sheets read the same tokens as custom properties. */
export function applyCssVariables(mode: Mode): void {
  const root = document.documentElement;
  const { series, ...colours } = palettes[mode];
  for (const [name, value] of Object.entries(colours)) root.style.setProperty(`--${kebab(name)}`, value);
  series.forEach((value, index) => {
    root.style.setProperty(`--series-${index + 1}`, value);
  });
  root.style.setProperty("--font-plain", fontFamily);
  root.style.setProperty("--radius", `${radius}px`);
  root.style.setProperty("--size-small", `${type.small}px`);
  root.style.setProperty("--size-body", `${type.body}px`);
  root.style.setProperty("--size-title", `${type.title}px`);
  root.style.setProperty("--size-figure", `${type.figure}px`);
  root.dataset.mode = mode;
  root.style.colorScheme = mode;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
