import { lazy, type ReactNode, Suspense } from "react";
import type { Dashboard } from "../../../api/contract";
import type { Comparison } from "../../../api/dashboard";
import { useNarrow } from "../../../kit/useNarrow";
import { useWidgets, type Widget } from "../widgets";
import { BoardCard } from "./BoardCard";
import styles from "./board.module.css";
import { changed, inOrder, type Place, withoutCard } from "./layout";
import type { Board as Arranged } from "./useBoard";

/** What drags and resizes comes with the first arranging, not with the first look. */
const Arranging = lazy(() => import("./Arranging").then((file) => ({ default: file.Arranging })));

interface Props {
  board: Arranged;
  dashboard: Dashboard;
  comparison: Comparison;
}

export function Board({ board, dashboard, comparison }: Props) {
  const isNarrow = useNarrow();
  const widgets = new Map(useWidgets().map((widget) => [widget.key, widget]));
  const shown = inOrder(board.places).filter(({ key }) => widgets.has(key));
  const card = (place: Place): ReactNode => {
    const widget = widgets.get(place.key) as Widget;
    const change = (by: Partial<Omit<Place, "key">> | null) =>
      board.arrange(
        by ? changed(board.places, place.key, by, widget.least) : withoutCard(board.places, place.key),
      );
    return (
      <BoardCard
        widget={widget}
        dashboard={dashboard}
        comparison={comparison}
        onChange={board.isEditing ? change : undefined}
      />
    );
  };
  const still = (
    <div className={styles.board}>
      {shown.map((place) => (
        <div key={place.key} style={isNarrow ? narrowStyle(place) : wideStyle(place)}>
          {card(place)}
        </div>
      ))}
    </div>
  );
  if (!board.isEditing || isNarrow) return still;
  return (
    <Suspense fallback={still}>
      <Arranging
        places={shown}
        leastOf={(key) => (widgets.get(key) as Widget).least}
        onArrange={board.arrange}
        card={card}
      />
    </Suspense>
  );
}

function wideStyle({ x, y, w, h }: Place) {
  return { gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` };
}

/** On a phone small cards stand in pairs, the others one below the other. */
function narrowStyle({ w, h }: Place) {
  return { gridColumn: w <= 2 ? "span 1" : "1 / -1", gridRow: `span ${h}` };
}
