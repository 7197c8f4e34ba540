import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { speak } from "../api/client";
import { queryClient } from "../api/queryClient";
import { i18next, type Language, languages } from "../i18n/i18n";
import { applyCssVariables } from "./theme";
import type { Mode } from "./tokens";

interface Preferences {
  language: Language;
  setLanguage: (language: Language) => void;
  mode: Mode;
  setMode: (mode: Mode) => void;
}

const Context = createContext<Preferences | null>(null);
const languageKey = "shuke.language";
const modeKey = "shuke.mode";

function firstLanguage(): Language {
  const kept = localStorage.getItem(languageKey) as Language | null;
  if (kept && languages.includes(kept)) return kept;
  return navigator.language.startsWith("en") ? "en" : "zh-CN";
}

function firstMode(): Mode {
  const kept = localStorage.getItem(modeKey);
  if (kept === "light" || kept === "dark") return kept;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function hasChosenLanguage(): boolean {
  return localStorage.getItem(languageKey) !== null;
}

function adoptLanguage(language: Language): void {
  speak(language);
  if (i18next.language !== language) void i18next.changeLanguage(language);
  dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
  document.documentElement.lang = language;
}

adoptLanguage(firstLanguage());
applyCssVariables(firstMode());

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [language, changeLanguage] = useState(firstLanguage);
  const [mode, changeMode] = useState(firstMode);

  useEffect(() => applyCssVariables(mode), [mode]);

  const value = useMemo<Preferences>(
    () => ({
      language,
      mode,
      setLanguage(next) {
        localStorage.setItem(languageKey, next);
        adoptLanguage(next);
        changeLanguage(next);
        // Some texts come from the server in the language of the request.
        void queryClient.invalidateQueries();
      },
      setMode(next) {
        localStorage.setItem(modeKey, next);
        changeMode(next);
      },
    }),
    [language, mode],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error("usePreferences needs PreferencesProvider around it");
  return preferences;
}
