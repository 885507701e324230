// The table of a period other than the default one, in the form of the page's own table.

import { valueAt, type ChartData } from "./data";
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
  const heads = [...own.querySelectorAll("thead th")].map((cell) => cell.textContent ?? "");
  if (data.beside) {
    for (const name of heads) row.append(heading("col", name));
    return thead;
  }
  const first = heads[0] ?? "";
  const marks = data.marks?.length ? [""] : [];
  for (const name of [first, ...data.names, ...marks]) row.append(heading("col", name));
  return thead;
}

function body(data: ChartData): HTMLElement {
  const tbody = document.createElement("tbody");
  if (data.beside) {
    data.beside.forEach((cells, i) => {
      const row = tbody.insertRow();
      row.append(heading("row", data.names[i] ?? ""));
      cells.forEach((text, k) => {
        const cell = row.insertCell();
        cell.textContent = text;
        if (k === cells.length - 1) cell.className = "text";
      });
    });
    return tbody;
  }
  for (let i = 0; i < data.rows.length; i++) {
    const row = tbody.insertRow();
    const first = labelAt(data, i);
    while (repeats(data, i)) i++;
    row.append(heading("row", first === labelAt(data, i) ? first : `${first} – ${labelAt(data, i)}`));
    data.names.forEach((_, series) => (row.insertCell().textContent = worded(data, series, i)));
    if (!data.marks?.length) continue;
    const cell = row.insertCell();
    cell.className = "text";
    cell.textContent = marksAt(data, i);
  }
  return tbody;
}

function labelAt(data: ChartData, point: number): string {
  return data.rows[point]?.[1] ?? "";
}

function marksAt(data: ChartData, point: number): string {
  return (data.marks ?? []).filter(([at]) => at === point).map(([, text]) => text).join("; ");
}

// repeats reports whether the point after this one says the same, as svg_table.go does: a
// label with "(" is of a week or month that the period cuts.
function repeats(data: ChartData, point: number): boolean {
  if (point + 1 >= data.rows.length) return false;
  if ([point, point + 1].some((p) => marksAt(data, p) || labelAt(data, p).includes("("))) return false;
  const level = data.kind === "line" || data.unit === "percent" || data.unit === "budget";
  return data.names.every((_, series) => worded(data, series, point) === worded(data, series, point + 1) && (level || !valueAt(data, series, point)));
}

function heading(scope: "col" | "row", text: string): HTMLTableCellElement {
  const cell = document.createElement("th");
  cell.scope = scope;
  cell.textContent = text;
  return cell;
}
