// A year of day states, which the page holds as one character per day.

import { decalOf, type Palette } from "./colours";
import type { ChartData, Row } from "./data";
import { word, wordList } from "./words";

const msPerDay = 24 * 60 * 60 * 1000;

// withRows gives a chart of day states the rows that other charts come with: a day's value
// is 1 in the series of its state and missing in the others.
export function withRows(data: ChartData): ChartData {
  if (data.kind !== "days" || data.rows) return data;
  const months = wordList("chart.months");
  const first = Date.parse(data.first ?? "");
  const rows = [...(data.days ?? "")].map((state, i): Row => {
    const day = new Date(first + i * msPerDay);
    const label = `${day.getUTCDate()} ${months[day.getUTCMonth()] ?? ""} ${day.getUTCFullYear()}`;
    return [day.toISOString().slice(0, 10), label, ...data.names.map((_, s) => (String(s) === state ? 1 : null))];
  });
  return { ...data, rows, axis: [0, 1, 1] };
}

// stateOf returns the series whose state a day is in, or -1.
export function stateOf(data: ChartData, point: number): number {
  return data.names.findIndex((_, series) => typeof data.rows[point]?.[series + 2] === "number");
}

// stateText says a day's state.
export function stateText(data: ChartData, point: number): string {
  return data.names[stateOf(data, point)] ?? word("chart.missing");
}

// daySeries draws one series per state, so that each has its colour and its pattern.
export function daySeries(template: object, data: ChartData, palette: Palette): object[] {
  return data.names.map((name, series) => ({
    ...template,
    name,
    data: data.rows.flatMap((row, point) => (stateOf(data, point) === series ? [[row[0], point]] : [])),
    itemStyle: {
      color: palette.of(data.classes[series] ?? "plain"),
      borderColor: palette.surface,
      borderWidth: data.classes[series] === "ok" ? 5 : 2,
      decal: decalOf(data.classes[series] ?? "plain", palette),
    },
  }));
}
