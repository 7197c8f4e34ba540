import { lazy, Suspense, useCallback, useState } from "react";
import { useKeepLanguage, useSignOut } from "../api/session";
import type { OwnAction } from "../features/search/useChoices";
import { useFirstRun } from "../features/tour/useFirstRun";
import { useShortcut } from "../kit/keys";
import { useGo } from "../kit/useGo";
import { helpAt, type MenuArea } from "./menu";
import { usePreferences } from "./Preferences";

const Palette = lazy(() => import("../features/search/Palette").then((file) => ({ default: file.Palette })));
const HelpDrawer = lazy(() =>
  import("../features/help/HelpDrawer").then((file) => ({ default: file.HelpDrawer })),
);
const KeysOverview = lazy(() => import("./KeysOverview").then((file) => ({ default: file.KeysOverview })));
const Tour = lazy(() => import("../features/tour/Tour").then((file) => ({ default: file.Tour })));

type Aid = "search" | "keys" | "tour" | null;

/** Which of the frame's aids is open. Help may stay open beside the others. */
export function useAids() {
  const [aid, setAid] = useState<Aid>(null);
  const [isHelping, setHelping] = useState(false);
  return {
    aid,
    isHelping,
    onSearch: useCallback(() => setAid((now) => (now === "search" ? null : "search")), []),
    onKeys: useCallback(() => setAid("keys"), []),
    onTour: useCallback(() => setAid("tour"), []),
    onHelp: useCallback(() => setHelping((now) => !now), []),
    close: useCallback(() => setAid(null), []),
    closeHelp: useCallback(() => setHelping(false), []),
  };
}

interface Props {
  aids: ReturnType<typeof useAids>;
  menu: MenuArea[];
  pathname: string;
}

/** Search, help, the tour and the overview of keys: each is fetched when it is first asked for. */
export function Aids({ aids, menu, pathname }: Props) {
  const { seeTour } = useFirstRun();
  const own = useOwnActions(aids);
  useShortcut({
    keys: "Escape",
    label: "frame.keys.close",
    where: "here",
    isReady: () => aids.isHelping,
    run: aids.closeHelp,
  });
  const startTour = () => {
    aids.closeHelp();
    aids.onTour();
  };
  return (
    <Suspense fallback={null}>
      {aids.aid === "search" && <Palette menu={menu} own={own} onClose={aids.close} />}
      {aids.aid === "keys" && <KeysOverview onClose={aids.close} />}
      {aids.isHelping && (
        <HelpDrawer
          page={helpAt(pathname)}
          onClose={aids.closeHelp}
          onTour={startTour}
          onKeys={aids.onKeys}
        />
      )}
      {aids.aid === "tour" && (
        <Tour
          onDone={() => {
            aids.close();
            seeTour();
          }}
        />
      )}
    </Suspense>
  );
}

/** What can be done from the palette without leaving the page. */
function useOwnActions(aids: Props["aids"]): OwnAction[] {
  const { language, setLanguage, mode, setMode } = usePreferences();
  const keep = useKeepLanguage();
  const signOut = useSignOut();
  const go = useGo();
  const { bringListBack } = useFirstRun();
  const other = language === "zh-CN" ? "en" : "zh-CN";
  return [
    { name: mode === "dark" ? "light" : "dark", run: () => setMode(mode === "dark" ? "light" : "dark") },
    {
      name: other === "en" ? "toEnglish" : "toChinese",
      run: () => keep.mutate(other, { onSettled: () => setLanguage(other) }),
    },
    { name: "keys", run: aids.onKeys },
    { name: "tour", run: aids.onTour },
    {
      name: "checklist",
      run: () => {
        bringListBack();
        go("/");
      },
    },
    { name: "signOut", run: () => signOut.mutate() },
  ];
}
