// The data of a figure, as Go writes it into periods.js: see AppendChartData in package
// render.

import type { Dot } from "./dots";

// FigureData holds the charts of a figure by the name of their period. What the one of the
// default period says of kind, unit, title, names and classes is left out of others alike.
export interface FigureData {
  default: string;
  periods: Record<string, ChartData>;
}

// Unit names what the values count; durations are seconds, percentages shares of 1.
export type Unit = "duration" | "count" | "percent" | "budget";

// ChartData is one chart over one period. Numbers that are missing are null.
export interface ChartData {
  kind: "line" | "bar" | "stacked" | "calendar" | "burndown" | "days" | "sankey" | "dots";
  unit: Unit;
  title?: string;
  period?: string;
  summary?: string;
  note?: string;
  names: string[];
  classes: string[];
  rows: Row[];
  n?: number[][]; // per series: observations behind a share
  marks?: [point: number, text: string, tick?: 1][];
  target?: number;
  band?: [low: number, high: number];
  axis: [low: number, high: number, step: number];
  levels?: number[]; // calendar: upper edges
  first?: string; // days: the first one
  head?: string; // flow, dots: heading of the points
  ends?: [from: string, to: string][]; // flow: what each point flows between
  days?: string; // days: per day the index of its state, or a dot
  dots?: Dot[][]; // dots: per series
  median?: (number | null)[];
  p90?: (number | null)[];
  beside?: string[][]; // dots: per series the cells of its row in the table
  ticks?: number[]; // dots: lengths on the scale
}

// Row is a point: its first day, its label and a value per series.
export type Row = [date: string, label: string, ...values: (number | null)[]];

// valueAt returns the value of a series at a point.
export function valueAt(data: ChartData, series: number, point: number): number | null {
  const value = data.rows[point]?.[series + 2];
  return typeof value === "number" ? value : null;
}
