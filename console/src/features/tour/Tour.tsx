import { Tour as AntdTour } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const stops = ["menu", "search", "page", "loyalty", "settings", "help", "user"] as const;
const isMac = navigator.platform.startsWith("Mac");

/** What stands on the screen under this name and can be seen; a phone shows fewer of them. */
function elementOf(stop: string): HTMLElement | null {
  const place = stop === "page" ? "main header" : `[data-tour=${stop}]`;
  const found = [...document.querySelectorAll<HTMLElement>(place)];
  return found.find((one) => one.getClientRects().length > 0) ?? null;
}

/** A walk past the real parts of the frame. */
export function Tour({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [shown] = useState(() => stops.filter((stop) => elementOf(stop) !== null));
  const [step, setStep] = useState(0);
  return (
    <AntdTour
      open
      current={step}
      onChange={setStep}
      onClose={onDone}
      onFinish={onDone}
      scrollIntoViewOptions={{ block: "nearest" }}
      indicatorsRender={(current, total) => `${current + 1} / ${total}`}
      steps={shown.map((stop, place) => ({
        title: t(`tour.step.${stop}Title`),
        description: t(`tour.step.${stop}`, { keys: isMac ? "⌘K" : "Ctrl K" }),
        target: () => elementOf(stop) ?? document.body,
        nextButtonProps: { children: t(place === shown.length - 1 ? "tour.finish" : "tour.next") },
        prevButtonProps: { children: t("tour.previous") },
      }))}
    />
  );
}
