// The table of a period other than the default one, in the form of the page's own table.

import type { ChartData } from "./data";
import { worded } from "./format";

// tableOf returns a table of the data with the head of the page's own.
export function tableOf(data: ChartData, own: Element): HTMLTableElement {
  const table = document.createElement("table");
  table.className = own.className;
  table.createCaption().textContent = data.period ? `${data.title ?? ""} (${data.period})` : (data.title ?? "");
  table.append(head(data, own), body(data));
  return table;
}

function head(data: ChartData, own: Element): HTMLElement {
  const thead = document.createElement("thead");
  const row = thead.insertRow();
  const first = own.querySelector("thead th")?.textContent ?? "";
  const marks = data.marks?.length ? [""] : [];
  for (const name of [first, ...data.names, ...marks]) row.append(heading("col", name));
  return thead;
}

function body(data: ChartData): HTMLElement {
  const tbody = document.createElement("tbody");
  data.rows.forEach((point, i) => {
    const row = tbody.insertRow();
    row.append(heading("row", point[1]));
    data.names.forEach((_, series) => (row.insertCell().textContent = worded(data, series, i)));
    if (!data.marks?.length) return;
    const cell = row.insertCell();
    cell.className = "text";
    cell.textContent = data.marks.filter(([at]) => at === i).map(([, text]) => text).join("; ");
  });
  return tbody;
}

function heading(scope: "col" | "row", text: string): HTMLTableCellElement {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
