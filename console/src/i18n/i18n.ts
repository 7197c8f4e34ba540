import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en";
import { type Texts, zh } from "./zh";

export type Language = "zh-CN" | "en";
export const languages: readonly Language[] = ["zh-CN", "en"];

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: { app: Texts };
  }
}

void i18next.use(initReactI18next).init({
  resources: { "zh-CN": { app: zh }, en: { app: en } },
  lng: "zh-CN",
  fallbackLng: "zh-CN",
  defaultNS: "app",
  initAsync: false,
  // React escapes; doing it twice would show "&amp;" to people.
  interpolation: { escapeValue: false },
});

export { i18next };
