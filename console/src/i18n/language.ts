import type { Texts } from "./zh";

export type Language = "zh-CN" | "en";
export const languages: readonly Language[] = ["zh-CN", "en"];
export const languageKey = "shuke.language";

/** What was chosen here before, else what the browser speaks. */
export function firstLanguage(): Language {
  const kept = localStorage.getItem(languageKey) as Language | null;
  if (kept && languages.includes(kept)) return kept;
  return navigator.language.startsWith("en") ? "en" : "zh-CN";
}

const texts: Record<Language, () => Promise<Texts>> = {
  "zh-CN": () => import("./zh").then(({ zh }) => zh),
  en: () => import("./en").then(({ en }) => en),
};

/** The texts of a language; the browser fetches them once. */
export function fetchTexts(language: Language): Promise<Texts> {
  return texts[language]();
}
