// Stepping through the points of a chart with the arrow keys. The point is told to screen
// readers and shown in the tooltip.

import { valueAt, type ChartData } from "./data";
import { stateOf, stateText } from "./days";
import { dotText } from "./dots";
import type { EChartsType } from "./echarts";
import { worded } from "./format";
import { placeOfFlow } from "./sankey";
import { announce } from "./words";

// stepThrough listens to the keys of a chart's element.
export function stepThrough(host: HTMLElement, chart: EChartsType, data: () => ChartData): void {
  let point = -1;
  host.addEventListener("keydown", (event) => {
    const next = pointAfter(event.key, point, data().rows.length);
    if (next === undefined) return;
    event.preventDefault();
    point = next;
    if (point < 0) {
      chart.dispatchAction({ type: "hideTip" });
      return;
    }
    chart.dispatchAction({ type: "showTip", ...placeOf(data(), point) });
    announce(pointText(data(), point));
  });
  host.addEventListener("blur", () => chart.dispatchAction({ type: "hideTip" }));
}

// pointAfter returns where a key leads: -1 for nowhere, undefined for other keys.
function pointAfter(key: string, point: number, count: number): number | undefined {
  switch (key) {
    case "ArrowRight":
      return Math.min(point + 1, count - 1);
    case "ArrowLeft":
      return point < 0 ? count - 1 : Math.max(point - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    case "Escape":
      return point < 0 ? undefined : -1;
  }
  return undefined;
}

// placeOf is where a point is drawn: of day states, its place among those of its series.
function placeOf(data: ChartData, point: number): object {
  if (data.kind === "sankey") return placeOfFlow(data, point);
  if (data.kind === "dots") return { seriesIndex: 0, dataIndex: point };
  const seriesIndex = firstKnown(data, point);
  if (data.kind !== "days") return { seriesIndex, dataIndex: point };
  const before = data.rows.slice(0, point).filter((_, i) => stateOf(data, i) === seriesIndex);
  return { seriesIndex, dataIndex: before.length };
}

// A tooltip opens only at a series that has a value.
function firstKnown(data: ChartData, point: number): number {
  const known = data.names.findIndex((_, series) => valueAt(data, series, point) !== null);
  return Math.max(known, 0);
}

function pointText(data: ChartData, point: number): string {
  if (data.kind === "days") return `${data.rows[point]?.[1] ?? ""}: ${stateText(data, point)}`;
  if (data.kind === "dots") return `${data.rows[point]?.[1] ?? ""}: ${dotText(data, point)}`;
  const values = data.names.map((name, series) => `${name} ${worded(data, series, point)}`);
  const marks = (data.marks ?? []).filter(([at]) => at === point).map(([, text]) => text);
  return `${data.rows[point]?.[1] ?? ""}: ${[...values, ...marks].join(", ")}`;
}
