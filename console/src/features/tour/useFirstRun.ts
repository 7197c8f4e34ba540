import { useKeepSetting, useSettings } from "../../api/settings";

/** What a person has seen of the beginning: kept for the person, on whatever machine. */
export function useFirstRun() {
  const { data: settings } = useSettings();
  const { mutate: keepTour } = useKeepSetting("tour");
  const { mutate: keepList } = useKeepSetting("first-run");
  return {
    isKnown: settings !== undefined,
    isTourSeen: Boolean(settings?.tour),
    isListAway: Boolean(settings?.["first-run"]?.dismissed),
    seeTour: () => keepTour({ seen: true }),
    putListAway: () => keepList({ dismissed: true }),
    bringListBack: () => keepList(null),
  };
}
