// A flow: bars on the left and on the right, a ribbon per point and series between them, laid
// out in the order of the points as in the SVG.

import type { Palette } from "./colours";
import { valueAt, type ChartData } from "./data";
import { worded } from "./format";

interface Ribbon {
  point: number;
  series: number;
}

// ribbonsOf lists the ribbons that are drawn.
export function ribbonsOf(data: ChartData): Ribbon[] {
  return data.names.flatMap((_, series) => data.rows.map((_, point) => ({ point, series }))).filter(({ point, series }) => (valueAt(data, series, point) ?? 0) > 0);
}

// A name can stand on both sides: its side is part of its key.
const left = (name: string) => "<" + name;
const right = (name: string) => ">" + name;

// sankeySeries returns the one series of a flow.
export function sankeySeries(template: object, data: ChartData, palette: Palette): object[] {
  const ends = data.ends ?? [];
  const label = { fontSize: 12, color: palette.ink, textBorderColor: palette.surface, textBorderWidth: 3, formatter: ({ name }: { name: string }) => name.slice(1) };
  const nodes = (key: (name: string) => string, side: 0 | 1) =>
    [...new Set(ends.map((end) => key(end[side])))].map((name) => ({
      name,
      depth: side,
      itemStyle: { color: palette.ink, borderWidth: 0 },
      label: { ...label, position: side === 0 ? "right" : "left" },
    }));
  return [{
    ...template,
    left: 0,
    right: 0,
    top: 4,
    bottom: 4,
    nodeWidth: 8,
    nodeGap: 12,
    layoutIterations: 0,
    draggable: false,
    emphasis: { focus: "adjacency" },
    data: [...nodes(left, 0), ...nodes(right, 1)],
    links: ribbonsOf(data).map(({ point, series }) => ({
      source: left(ends[point]?.[0] ?? ""),
      target: right(ends[point]?.[1] ?? ""),
      value: valueAt(data, series, point),
      lineStyle: { color: palette.of(data.classes[series] ?? "plain"), opacity: 0.5, curveness: 0.5 },
    })),
  }];
}

// flowText says what a ribbon is: its ends and its value; of a bar, its name.
export function flowText(data: ChartData, ribbon: Ribbon | undefined, name: string): string {
  if (!ribbon) return name.slice(1);
  return `${data.rows[ribbon.point]?.[1] ?? ""}\n${worded(data, ribbon.series, ribbon.point)} (${data.names[ribbon.series] ?? ""})`;
}

// placeOfFlow is the first ribbon of a point.
export function placeOfFlow(data: ChartData, point: number): object {
  return { seriesIndex: 0, dataType: "edge", dataIndex: ribbonsOf(data).findIndex((ribbon) => ribbon.point === point) };
}
