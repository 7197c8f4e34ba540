import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { speak } from "../api/client";
import { queryClient } from "../api/queryClient";
import { i18next, type Language, loadTexts } from "../i18n/i18n";
import { firstLanguage, languageKey } from "../i18n/language";
import { applyCssVariables } from "./theme";
import type { Mode } from "./tokens";

interface Preferences {
  language: Language;
  setLanguage: (language: Language) => void;
  mode: Mode;
  setMode: (mode: Mode) => void;
}

const Context = createContext<Preferences | null>(null);
const modeKey = "shuke.mode";

function firstMode(): Mode {
  const kept = localStorage.getItem(modeKey);
  if (kept === "light" || kept === "dark") return kept;
  return window.matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
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

  const setLanguage = useCallback((next: Language) => {
    localStorage.setItem(languageKey, next);
    if (i18next.language === next) return;
    void loadTexts(next).then(() => {
      adoptLanguage(next);
      changeLanguage(next);
      // Some texts come from the server in the language of the request.
      void queryClient.invalidateQueries();
    });
  }, []);

  const value = useMemo<Preferences>(
    () => ({
      language,
      mode,
      setLanguage,
      setMode(next) {
        localStorage.setItem(modeKey, next);
        changeMode(next);
      },
    }),
    [language, setLanguage, mode],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context);
  if (!preferences) throw new Error("usePreferences needs PreferencesProvider around it");
  return preferences;
}

/** Follows the language that a person chose, here or on another machine. */
export function useLanguageOf(person: { language: Language | null } | undefined): void {
  const { setLanguage } = usePreferences();
  const language = person?.language;
  useEffect(() => {
    if (language) setLanguage(language);
  }, [language, setLanguage]);
}
