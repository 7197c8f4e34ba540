import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { LocalName } from "../api/contract";
import { useSystem } from "../api/system";
import type { Language } from "../i18n/i18n";
import * as format from "./format";

/** The formatters, bound to the person's language and to the shop's zone, clock and currency. */
export function useFormat() {
  const { t, i18n } = useTranslation();
  const { data: system } = useSystem();
  const language = i18n.language as Language;
  const zone = system?.time_zone ?? "UTC";
  const now = system?.now;
  const shopCurrency = system?.currency ?? "CNY";

  return useMemo(() => {
    const points = (value: number) => t("kit.points", { value: format.count(value, language) });
    const wait = (seconds: number) => {
      const whole = Math.max(1, Math.round(seconds));
      if (whole < 60) return t("kit.seconds", { count: whole });
      const rest = whole % 60;
      return whole >= 600 || rest === 0
        ? t("kit.minutes", { count: Math.round(whole / 60) })
        : t("kit.minutesSeconds", { minutes: Math.floor(whole / 60), seconds: rest });
    };
    const age = (seconds: number) => {
      const minutes = Math.max(1, Math.floor(seconds / 60));
      if (minutes < 60) return t("kit.minutesOfAge", { count: minutes });
      const hours = Math.floor(minutes / 60);
      return hours < 48 ? t("kit.hours", { count: hours }) : t("kit.days", { count: Math.floor(hours / 24) });
    };
    return {
      language,
      zone,
      points,
      wait,
      age,
      signedPoints: (value: number) => t("kit.points", { value: format.signedCount(value, language) }),
      money: (minor: number, currency = shopCurrency) => format.money(minor, currency, language),
      wholeMoney: (minor: number, currency = shopCurrency) => format.wholeMoney(minor, currency, language),
      shortMoney: (minor: number, currency = shopCurrency) => format.shortMoney(minor, currency, language),
      unitPrice: (value: string, currency = shopCurrency, digits?: number) =>
        format.unitPrice(value, currency, language, digits),
      count: (value: number) => format.count(value, language),
      shortCount: (value: number) => format.shortCount(value, language),
      signed: (value: number) => format.signedCount(value, language),
      quantity: (value: string | number) => format.quantity(value, language),
      share: (value: number, digits?: number) => format.share(value, language, digits),
      ratio: (value: number) => format.ratio(value, language),
      percentagePoints: (value: number) =>
        t("kit.percentagePoints", { value: format.percentagePoints(value, language) }),
      bytes: (value: number) => format.bytes(value, language),
      day: (value: string) => format.day(value, language),
      dayWithWeekday: (value: string) => format.dayWithWeekday(value, language),
      month: (value: string) => format.month(value, language),
      currencyName: (code: string) => format.currencyName(code, language),
      monthDay: (value: string) => format.monthDay(value, language),
      dayOf: (at: string) => format.inZone(at, zone).day,
      timeOf: (at: string) => format.inZone(at, zone).time,
      moment: (at: string) => format.moment(at, zone, language),
      since: (at: string) => {
        const age = now ? format.ageWithinDay(at, now, zone) : null;
        if (!age) return format.moment(at, zone, language);
        if (age.unit === "now") return t("kit.justNow");
        return t(age.unit === "minutes" ? "kit.minutesAgo" : "kit.hoursAgo", { count: age.count });
      },
      name: (name: LocalName) => format.localName(name, language),
    };
  }, [t, language, zone, now, shopCurrency]);
}
