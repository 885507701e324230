// Dot plots: a row per series, a dot per length, on the scale of svg_dots.go, which gives
// minutes and days the same room.

import type { Palette } from "./colours";
import type { ChartData, Row } from "./data";
import { format, range } from "./format";
import { word } from "./words";

type Part = Record<string, unknown>;

// Dot is a length, how often it occurs and, of a range, its end.
export type Dot = [from: number, n: number, to?: number];

const scale = (seconds: number) => Math.log1p(Math.max(0, seconds) / 60);
const unscale = (place: number) => Math.expm1(place) * 60;

// withDots gives a dot plot the rows that other charts come with: a row per dot with its
// length in the series that it is of, and how many it stands for in place of a day.
export function withDots(data: ChartData): ChartData {
  if (data.kind !== "dots" || data.rows) return data;
  const rows = (data.dots ?? []).flatMap((dots, series) =>
    dots.map(([from, n]): Row => [String(n), data.names[series] ?? "", ...data.names.map((_, s) => (s === series ? from : null))]),
  );
  return { ...data, rows, axis: [0, 1, 1] };
}

// dotText says one dot: "5 min × 2".
export function dotText(data: ChartData, point: number): string {
  const [from, n, to] = (data.dots ?? []).flat()[point] ?? [0, 0];
  const length = to === undefined ? format(data.unit, from, 0) : range(from, to);
  return n > 1 ? `${length} × ${n}` : length;
}

// dotTip says what lies under the pointer: a dot, or the mark of a row.
export function dotTip(data: ChartData, series: number, index: number): string {
  if (series === 0) return `${data.rows[index]?.[1] ?? ""}\n${dotText(data, index)}`;
  const marks = (series === 1 ? data.median : data.p90) ?? [];
  const row = marks.map((_, i) => i).filter((i) => marks[i] !== null)[index] ?? 0;
  return `${data.names[row] ?? ""}\n${word(series === 1 ? "chart.median" : "chart.p90")} ${format(data.unit, marks[row] ?? 0, 0)}`;
}

// dotPlot completes the option: dots, medians and 90th percentiles are a series each.
export function dotPlot(option: Part, template: Part, data: ChartData, palette: Palette): Part {
  const ticks = data.ticks ?? [0, 60];
  const at = ticks.map(scale);
  const label = { color: palette.mute, hideOverlap: true };
  const longest = Math.max(...data.names.map((name) => name.length), 4);
  option.grid = { left: 8 * longest + 40, right: 24, top: 8, bottom: 28 };
  option.xAxis = {
    type: "value",
    min: 0,
    max: at[at.length - 1],
    axisLabel: { ...label, customValues: at, formatter: (place: number) => format(data.unit, Math.round(unscale(place)), 0) },
    axisTick: { customValues: at },
    splitLine: { show: false },
  };
  option.yAxis = {
    type: "category",
    inverse: true,
    data: data.names.map((name, i) => `${name}  ${(data.dots?.[i] ?? []).reduce((sum, [, n]) => sum + n, 0)}`),
    axisLabel: label,
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { show: true, lineStyle: { color: palette.line } },
  };
  const marks = (values: (number | null)[] | undefined, itemStyle: Part) => ({
    ...template,
    symbol: "rect",
    itemStyle,
    data: (values ?? []).flatMap((v, row) => (v === null ? [] : [[scale(v), row]])),
  });
  const dots = (data.dots ?? []).flatMap((of, row) => of.map(([from, n, to]) => [(scale(from) + scale(to ?? from)) / 2, row, n]));
  option.series = [
    { ...template, data: dots, symbolSize: ([, , n = 1]: number[]) => Math.min(6 + 3 * Math.sqrt(n - 1), 22), itemStyle: { color: palette.of("plain"), opacity: 0.6 } },
    { ...marks(data.median, { color: palette.ink }), symbolSize: [2, 20] },
    { ...marks(data.p90, { color: palette.surface, borderColor: palette.ink, borderType: "dashed" }), symbolSize: [4, 20] },
  ];
  return option;
}
