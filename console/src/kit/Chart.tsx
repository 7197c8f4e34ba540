import type { EChartsCoreOption } from "echarts/core";
import { useEffect, useRef, useState } from "react";
import { usePreferences } from "../app/Preferences";
import { palettes } from "../app/tokens";
import { chartTheme } from "./chartTheme";
import { Waiting } from "./Waiting";

interface Props {
  option: EChartsCoreOption;
  /** What the picture says, for those who cannot see it. */
  description: string;
  /** In pixels, or as high as what is around it. */
  height?: number | "fill";
  onPick?: (index: number) => void;
}

type Engine = typeof import("./engine");

/** echarts stays out of the first load and arrives with the first chart. */
export function Chart({ option, description, height = 260, onPick }: Props) {
  const { mode } = usePreferences();
  const box = useRef<HTMLDivElement>(null);
  const pick = useRef(onPick);
  const [engine, setEngine] = useState<Engine | null>(null);
  const [chart, setChart] = useState<ReturnType<Engine["init"]> | null>(null);
  pick.current = onPick;

  useEffect(() => {
    let isHere = true;
    void import("./engine").then((loaded) => isHere && setEngine(loaded));
    return () => {
      isHere = false;
    };
  }, []);

  useEffect(() => {
    if (!engine || !box.current) return;
    const made = engine.init(box.current, chartTheme(palettes[mode]), { renderer: "svg" });
    made.on("click", (event) => pick.current?.(event.dataIndex));
    const watcher = new ResizeObserver(() => made.resize());
    watcher.observe(box.current);
    setChart(made);
    return () => {
      watcher.disconnect();
      made.dispose();
      setChart(null);
    };
  }, [engine, mode]);

  useEffect(() => {
    if (chart && !chart.isDisposed()) chart.setOption(option, { notMerge: true });
  }, [chart, option]);

  return (
    <div style={{ position: "relative", height: height === "fill" ? "100%" : height }}>
      {!engine && <Waiting rows={5} minHeight={height === "fill" ? 160 : height} />}
      <div ref={box} role="img" aria-label={description} style={{ position: "absolute", inset: 0 }} />
    </div>
  );
}
