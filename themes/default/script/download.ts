// Buttons that save a figure's numbers as CSV and its drawing as SVG, made from what the
// page holds.

import { valueAt, type ChartData } from "./data";
import type { EChartsType } from "./echarts";
import { word } from "./words";

// addDownloads adds the buttons at the end of a figure.
export function addDownloads(figure: HTMLElement, chart: EChartsType, data: () => ChartData): void {
  const box = document.createElement("p");
  box.className = "downloads";
  box.append(
    button(word("chart.csv"), () => save(figure.id + ".csv", "text/csv", csv(data()))),
    button(word("chart.svg"), () => save(figure.id + ".svg", "image/svg+xml", chart.renderToSVGString())),
  );
  figure.append(box);
}

function button(text: string, action: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

function csv(data: ChartData): string {
  const head = [data.head ?? word("chart.date"), ...data.names].map(csvText);
  const rows = data.rows.map((row, point) => [first(row[0]), ...data.names.map((_, series) => valueAt(data, series, point) ?? "")]);
  return [head, ...rows].map((cells) => cells.join(",") + "\r\n").join("");
}

// first is a day as it is, or a name.
function first(text: string): string {
  return /^\d[\d-]*$/.test(text) ? text : csvText(text);
}

// csvText quotes a text, and keeps spreadsheets from reading it as a formula.
function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return '"' + safe.replace(/"/g, '""') + '"';
}

function save(name: string, type: string, content: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: type + ";charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
