import { useMemo, useState } from "react";
import { useKeepSetting, useSettings } from "../../../api/settings";
import { useWidgets } from "../widgets";
import { type Place, readLayout } from "./layout";
import { usualPlaces } from "./usual";

const setting = "home.layout";

export interface Board {
  places: Place[];
  isEditing: boolean;
  isSaving: boolean;
  error: unknown;
  edit: () => void;
  /** Only while it is being edited. */
  arrange: (places: Place[]) => void;
  cancel: () => void;
  putBack: () => void;
  save: () => void;
}

/** The cards of this person's home page, and what changes them. Nothing is kept before it is saved. */
export function useBoard(): Board {
  const widgets = useWidgets();
  const settings = useSettings();
  const keep = useKeepSetting(setting);
  const [draft, setDraft] = useState<Place[] | null>(null);
  const kept = settings.data?.[setting]?.places;
  const places = useMemo(() => {
    const known = new Map(widgets.map((widget) => [widget.key, widget.least]));
    const usual = usualPlaces.filter(({ key }) => known.has(key));
    return draft ?? readLayout(kept, known) ?? usual;
  }, [draft, kept, widgets]);
  return {
    places,
    isEditing: draft !== null,
    isSaving: keep.isPending,
    error: keep.error,
    edit: () => setDraft(places),
    arrange: setDraft,
    cancel: () => setDraft(null),
    putBack: () => keep.mutate(null, { onSuccess: () => setDraft(null) }),
    save: () => draft && keep.mutate({ places: draft }, { onSuccess: () => setDraft(null) }),
  };
}
