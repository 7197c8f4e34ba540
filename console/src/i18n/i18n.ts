import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { fetchTexts, type Language, languages } from "./language";
import type { Texts } from "./zh";

export { type Language, languages };

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: Texts };
  }
}

void i18next.use(initReactI18next).init({
  resources: {},
  lng: "zh-CN",
  fallbackLng: "zh-CN",
  defaultNS: "app",
  initAsync: false,
  // React escapes; doing it twice would show "&amp;" to people.
  interpolation: { escapeValue: false },
});

/** The texts of a language, fetched once: people read one language, and wait for no other. */
export async function loadTexts(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "app"))
    i18next.addResourceBundle(language, "app", await fetchTexts(language));
}

export { i18next };
