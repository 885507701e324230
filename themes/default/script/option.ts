// The option of a chart: the skeleton of its kind, which Go built (window.uptree.skeletons),
// with the data, colours and formatters of one figure.

import { decalOf, type Palette } from "./colours";
import type { ChartData } from "./data";
import { daySeries, stateText } from "./days";
import { dotPlot, dotTip } from "./dots";
import { format, tick, worded } from "./format";
import type { Later } from "./later";
import { flowText, ribbonsOf, sankeySeries } from "./sankey";
import { word, wordList } from "./words";

type Part = Record<string, unknown>;
type Skeleton = Part & { series: Part[]; grid: Part[]; calendar?: Part[]; xAxis?: Part[]; yAxis?: Part[]; tooltip: Part; aria: Part };

const maxMark = 32; // letters of a mark, as in the SVG

declare global {
  interface Window {
    uptree?: { skeletons?: Record<string, Skeleton>; later?: Later; words?: Record<string, string> };
  }
}

// TooltipItem is what ECharts tells a tooltip about one value.
interface TooltipItem {
  dataIndex: number;
  seriesIndex: number;
  marker: string;
  value?: unknown[];
  dataType?: string; // of a flow: "node" or "edge"
  name?: string;
}

// optionOf returns the option, or undefined where the kind has no skeleton.
export function optionOf(data: ChartData, palette: Palette, moving: boolean): Part | undefined {
  const skeleton = window.uptree?.skeletons?.[data.kind];
  const template = skeleton?.series[0];
  if (!skeleton || !template) return undefined;
  const option: Part = {
    ...skeleton,
    animation: moving,
    animationDuration: 0, // it stands where the drawn chart stood; only a change moves
    animationDurationUpdate: 250,
    textStyle: { color: palette.mute, fontFamily: "inherit" },
    aria: { ...skeleton.aria, label: { enabled: false } }, // the figure names its own element, with the keys
    tooltip: tooltip(skeleton.tooltip, data, palette),
  };
  if (data.kind === "sankey") return flow(option, template, data, palette);
  if (data.kind === "dots") return dotPlot(option, template, data, palette);
  return data.kind === "calendar" || data.kind === "days" ? calendar(option, skeleton, template, data, palette) : axes(option, skeleton, template, data, palette);
}

// Tooltips are drawn (richText): HTML ones need inline styles, which the policy forbids.
function tooltip(skeleton: Part, data: ChartData, palette: Palette): Part {
  return {
    ...skeleton,
    renderMode: "richText",
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.line,
    textStyle: { color: palette.ink, fontSize: 13 },
    axisPointer: { type: data.kind === "line" || data.kind === "burndown" ? "line" : "shadow", lineStyle: { color: palette.mute } },
    formatter: (params: TooltipItem | TooltipItem[]) => tooltipText([params].flat(), data),
  };
}

function tooltipText(items: TooltipItem[], data: ChartData): string {
  if (data.kind === "days") {
    const point = (items[0]?.value?.[1] as number | undefined) ?? 0;
    return `${data.rows[point]?.[1] ?? ""}\n${items[0]?.marker ?? ""}${stateText(data, point)}`;
  }
  if (data.kind === "sankey") {
    const [item] = items;
    return flowText(data, item?.dataType === "edge" ? ribbonsOf(data)[item.dataIndex] : undefined, item?.name ?? "");
  }
  const point = items[0]?.dataIndex ?? 0;
  if (data.kind === "dots") return dotTip(data, items[0]?.seriesIndex ?? 0, point);
  const lines = items.map((item) => `${item.marker}${data.names[item.seriesIndex] ?? ""}  ${worded(data, item.seriesIndex, point)}`);
  const marks = (data.marks ?? []).filter(([at]) => at === point).map(([, text]) => text);
  return [data.rows[point]?.[1] ?? "", ...lines, ...marks].join("\n");
}

function flow(option: Part, template: Part, data: ChartData, palette: Palette): Part {
  option.grid = option.xAxis = option.yAxis = undefined;
  option.aria = { ...(option.aria as Part), decal: { show: false } }; // ribbons are told apart by their ends
  option.series = sankeySeries(template, data, palette);
  return option;
}

function axes(option: Part, skeleton: Skeleton, template: Part, data: ChartData, palette: Palette): Part {
  const [min, max, interval] = data.axis;
  const labels = new Map(data.rows.map(([date, label]) => [date, label.replace(/ \(.*/, "")]));
  option.aria = { ...(option.aria as Part), decal: { show: true, decals: data.classes.map((name) => decalOf(name, palette)) } };
  option.dataset = { source: data.rows };
  option.xAxis = {
    ...skeleton.xAxis?.[0],
    axisLabel: { color: palette.mute, hideOverlap: true, formatter: (date: string) => labels.get(date) ?? date },
    axisLine: { lineStyle: { color: palette.mute } },
    axisTick: { show: false },
  };
  option.yAxis = {
    ...skeleton.yAxis?.[0],
    min,
    max,
    interval,
    axisLabel: { color: palette.mute, formatter: (value: number) => tick(data.unit, value, interval) },
    splitLine: { lineStyle: { color: palette.line } },
  };
  option.series = data.names.map((name, i) => ({
    ...template,
    data: undefined,
    name,
    encode: { x: 0, y: i + 2 },
    barMaxWidth: 44,
    lineStyle: data.classes[i] === "even" ? { width: 1, type: "dotted" } : { width: 2 },
    symbolSize: data.classes[i] === "even" ? 0 : 5,
    itemStyle: { color: data.classes[i] === "even" ? palette.mute : palette.of(data.classes[i] ?? "plain") },
    ...(i === 0 ? annotations(data, palette) : {}),
  }));
  return option;
}

// annotations are the marks, the target and the usual range, carried by the first series.
function annotations(data: ChartData, palette: Palette): Part {
  const line = (text: string, label: Part) => ({
    label: { formatter: () => cut(text), color: palette.ink, fontSize: 12, ...label },
    lineStyle: { color: palette.ink, type: "dashed", width: 1 },
  });
  const ticks = (data.marks ?? []).filter(([, , tick]) => tick).map(([at]) => ({
    xAxis: data.rows[at]?.[0],
    label: { show: false },
    lineStyle: { color: palette.of("inherited"), type: "dotted", width: 1 },
  }));
  const marks = (data.marks ?? []).filter(([, , tick]) => !tick).map(([at, text], i) => ({
    xAxis: data.rows[at]?.[0],
    ...line(text, { position: "end", align: at < data.rows.length / 2 ? "left" : "right", distance: [0, 4 + 14 * (i % 2)] }),
  }));
  const target = (value: number) => ({
    yAxis: value,
    ...line(`${word("chart.target")} ${format(data.unit, value, 0)}`, { position: "insideEndTop" }),
  });
  return {
    markLine: { silent: true, symbol: "none", precision: 12, data: [...ticks, ...marks, ...(data.target === undefined ? [] : [target(data.target)])] },
    markArea: area(data, palette),
  };
}

// area is the usual range, or of a budget what is overspent.
function area(data: ChartData, palette: Palette): Part | undefined {
  const between = (low: number, high: number, color: string) => ({
    silent: true,
    itemStyle: { color },
    data: [[{ yAxis: low }, { yAxis: high }]],
  });
  if (data.kind === "burndown") return data.axis[0] < 0 ? between(data.axis[0], 0, palette.of("over")) : undefined;
  return data.band && between(data.band[0], data.band[1], palette.band);
}

function cut(text: string): string {
  return text.length > maxMark ? text.slice(0, maxMark - 1) + "…" : text;
}

function calendar(option: Part, skeleton: Skeleton, template: Part, data: ChartData, palette: Palette): Part {
  const edges = data.levels ?? [];
  const label = { color: palette.mute, fontSize: 12 };
  option.grid = undefined;
  option.aria = { ...(option.aria as Part), decal: { show: false } }; // its levels differ in lightness
  option.calendar = {
    ...skeleton.calendar?.[0],
    range: [data.rows[0]?.[0], data.rows[data.rows.length - 1]?.[0]],
    splitLine: { lineStyle: { color: palette.mute } },
    itemStyle: { color: palette.surface, borderColor: palette.surface, borderWidth: 2 },
    dayLabel: { ...label, firstDay: 1, nameMap: wordList("chart.weekdays") },
    monthLabel: { ...label, nameMap: wordList("chart.months") },
  };
  if (data.kind === "days") {
    option.series = daySeries(template, data, palette);
    return option;
  }
  const level = (edge: number, i: number) => {
    const top = i === edges.length - 1 ? {} : { lte: edge };
    return { gt: i === 0 ? 0 : edges[i - 1], ...top, color: palette.levels[i + 1] };
  };
  option.visualMap = { show: false, type: "piecewise", pieces: [{ lte: 0, color: palette.levels[0] }, ...edges.map(level)] };
  option.series = [{
    ...template,
    name: data.names[0],
    data: data.rows.map((row) => [row[0], row[2] ?? "-"]),
    itemStyle: { borderColor: palette.surface, borderWidth: 2 },
  }];
  return option;
}
