// Numbers as readers see them, printed as format.go and chart_text.go in package report do.

import { valueAt, type ChartData, type Unit } from "./data";
import { word } from "./words";

const nbsp = "\u00a0";
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const unreadable = 1e15;

// worded returns the value of a series at a point as text.
export function worded(data: ChartData, series: number, point: number): string {
  const value = valueAt(data, series, point);
  if (value === null) return word("chart.missing");
  return format(data.unit, value, data.n?.[series]?.[point] ?? 0);
}

// format prints a value; n is the number of observations behind a share, 0 for exact.
export function format(unit: Unit, value: number, n: number): string {
  if (Math.abs(value) >= unreadable) return value.toPrecision(4);
  if (unit === "duration") return duration(value);
  if (unit === "percent") return share(value, n);
  if (unit === "budget") return budgetShare(value);
  return grouped(Number.isInteger(value) ? String(value) : String(Number(value.toFixed(2))));
}

// tick prints a multiple of an axis step in the one unit that the step needs.
export function tick(unit: Unit, value: number, step: number): string {
  const [size, sign] = tickUnit(unit, step);
  let digits = 0;
  while (digits < 8 && Math.abs(scaled(step / size, digits) - Math.round(scaled(step / size, digits))) > 1e-6) digits++;
  const v = value / size;
  const text = Math.abs(v) < unreadable ? grouped(v.toFixed(digits)) : v.toPrecision(4);
  return sign && v !== 0 ? text + nbsp + sign : text;
}

function scaled(v: number, digits: number): number {
  return v * 10 ** digits;
}

function tickUnit(unit: Unit, step: number): [size: number, sign: string] {
  if (unit === "percent" || unit === "budget") return [0.01, "%"];
  if (unit === "count") return [1, ""];
  if (step >= 2 * day) return [day, "d"];
  if (step >= hour) return [hour, "h"];
  if (step >= minute) return [minute, "min"];
  return [1, "s"];
}

function duration(seconds: number): string {
  if (seconds < 0) return "\u2212" + duration(-seconds);
  const s = Math.round(seconds);
  if (s === 0) return seconds > 0 ? word("chart.under", { name: "1" + nbsp + "s" }) : "0" + nbsp + "min";
  if (s < minute) return s + nbsp + "s";
  if (s < hour - minute / 2) return Math.floor((s + minute / 2) / minute) + nbsp + "min";
  if (s < 4 * day - minute / 2) {
    const m = Math.floor((s + minute / 2) / minute);
    return two(Math.floor(m / 60), "h", m % 60, "min");
  }
  const h = Math.floor((s + hour / 2) / hour);
  return two(Math.floor(h / 24), "d", h % 24, "h");
}

// range prints a range of lengths in one unit.
export function range(from: number, to: number): string {
  const [size, unit] = to < 2 * hour ? [minute, "min"] : to < 4 * day ? [hour, "h"] : [day, "d"];
  const a = grouped(String(Math.floor(from / size)));
  const b = grouped(String(Math.ceil(to / size)));
  return (a === b ? a : a + "\u2013" + b) + nbsp + unit;
}

function two(a: number, unitA: string, b: number, unitB: string): string {
  const first = grouped(String(a)) + nbsp + unitA;
  return b === 0 ? first : first + nbsp + b + nbsp + unitB;
}

// share prints per cent with the digits that n observations support; what is not all is
// never 100 %, what is not nothing is never 0.
function share(ratio: number, n: number): string {
  const pct = ratio * 100;
  const supports = (digits: number) => n === 0 || n >= 100 * 10 ** digits;
  let digits = n === 0 || n >= 10_000 ? 2 : n >= 1_000 ? 1 : 0;
  let out = roundInside(pct, digits);
  while (digits < 3 && ((out === 100 && pct < 100) || (out === 0 && pct > 0)) && supports(digits + 1)) {
    digits++;
    out = roundInside(pct, digits);
  }
  if (out >= 100 && pct < 100) out = 100 - 10 ** -digits;
  const percent = nbsp + "%";
  if (out === 0 && pct > 0) return word("chart.under", { name: (10 ** -digits).toFixed(digits) + percent });
  return grouped(out.toFixed(digits)) + percent;
}

const budgetEdges = [0, 0.25, 0.75, 1]; // as in format_budget.go
const maxBudgetDigits = 3;

// budgetShare prints a share of an error budget on its side of each edge.
function budgetShare(share: number): string {
  const sameSides = (rounded: number) => budgetEdges.every((edge) => share < edge === rounded < edge && share > edge === rounded > edge);
  for (let digits = 0; digits <= maxBudgetDigits; digits++) {
    const rounded = Math.round(Math.abs(share) * 100 * 10 ** digits) / 10 ** digits * Math.sign(share);
    if (sameSides(rounded / 100)) return grouped(rounded.toFixed(digits)) + nbsp + "%";
  }
  const edge = Math.round(share * 4) * 25;
  const least = 10 ** -maxBudgetDigits;
  return grouped((share * 100 < edge ? edge - least : edge + least).toFixed(maxBudgetDigits)) + nbsp + "%";
}

function roundInside(pct: number, digits: number): number {
  const scale = 10 ** digits;
  const rounded = Math.round(pct * scale) / scale;
  return rounded >= 100 && pct < 100 ? Math.floor(pct * scale + 1e-9) / scale : rounded;
}

// grouped puts a narrow no-break space between thousands.
function grouped(digits: string): string {
  const [whole = "", fraction] = digits.replace("-", "\u2212").split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return fraction === undefined ? spaced : spaced + "." + fraction;
}
