import { useQuery } from "@tanstack/react-query";
import { usePreferences } from "../../app/Preferences";
import { readContents, readGuide } from "./guides";

/** A page of the guide in the person's language; null where there is none of this name. */
export function useGuide(page: string) {
  const { language } = usePreferences();
  return useQuery({
    queryKey: ["guide", language, page],
    queryFn: () => readGuide(page, language),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useGuideContents() {
  const { language } = usePreferences();
  return useQuery({
    queryKey: ["guide", language],
    queryFn: () => readContents(language),
    staleTime: Number.POSITIVE_INFINITY,
  });
}
