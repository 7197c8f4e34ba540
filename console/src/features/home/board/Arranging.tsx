import type { ReactNode } from "react";
import ReactGridLayout, { useContainerWidth } from "react-grid-layout";
import "react-grid-layout/css/styles.css";
import styles from "./board.module.css";
import { columns, gapPixels, type Place, rowPixels, type Size } from "./layout";

interface Props {
  places: readonly Place[];
  leastOf: (key: string) => Size;
  onArrange: (places: Place[]) => void;
  card: (place: Place) => ReactNode;
}

/** The board while somebody moves its cards. */
export function Arranging({ places, leastOf, onArrange, card }: Props) {
  const { width, containerRef, mounted } = useContainerWidth();
  const layout = places.map(({ key, ...place }) => {
    const least = leastOf(key);
    return { i: key, ...place, minW: least.w, minH: least.h };
  });
  return (
    <div ref={containerRef} className={styles.arranging}>
      {mounted && (
        <ReactGridLayout
          width={width}
          layout={layout}
          gridConfig={{
            cols: columns,
            rowHeight: rowPixels,
            margin: [gapPixels, gapPixels],
            containerPadding: [0, 0],
          }}
          dragConfig={{ enabled: true, handle: "section", cancel: "button" }}
          onLayoutChange={(next) => {
            const arranged = next.map(({ i, x, y, w, h }) => ({ key: i, x, y, w, h }));
            if (!isSame(arranged, places)) onArrange(arranged);
          }}
        >
          {places.map((place) => (
            <div key={place.key}>{card(place)}</div>
          ))}
        </ReactGridLayout>
      )}
    </div>
  );
}

function isSame(one: readonly Place[], other: readonly Place[]): boolean {
  const told = (places: readonly Place[]) =>
    places
      .map(({ key, x, y, w, h }) => `${key}:${x},${y},${w},${h}`)
      .toSorted()
      .join(" ");
  return told(one) === told(other);
}
