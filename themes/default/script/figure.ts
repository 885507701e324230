// One figure: the SVG and table that the page holds, and the interactive chart over them.

import { paletteOf } from "./colours";
import type { ChartData, FigureData } from "./data";
import { withRows } from "./days";
import { withDots } from "./dots";
import { addDownloads } from "./download";
import { create, type EChartsType } from "./echarts";
import { stepThrough } from "./keyboard";
import { withLater } from "./later";
import { optionOf } from "./option";
import { tableOf } from "./table";
import { word } from "./words";

const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

// parts are where svg_figure.go puts what changes with the period.
const parts = {
  title: "figcaption h3", period: "figcaption p", plot: ".plot-box",
  summary: "p.summary", note: "p.note", table: ".numbers-box",
};

// Figure follows the page's period; its chart starts when start is called.
export class Figure {
  private chart: EChartsType | undefined;
  private host: HTMLElement | undefined;
  private period: string | undefined; // until another is chosen, the default one
  private readonly ownTable: Element | null;

  constructor(private readonly element: HTMLElement) {
    this.ownTable = this.part("table")?.firstElementChild ?? null;
  }

  // data is undefined until periods.js is here.
  private get data(): FigureData | undefined {
    return window.uptree?.later?.charts[this.element.id];
  }

  // current is the chart of the period that is shown. It is asked for once there is data.
  get current(): ChartData {
    const data = this.data as FigureData;
    const { kind, unit, title, names, classes } = data.periods[data.default] as ChartData;
    return withDots(withRows({ kind, unit, title, names, classes, ...data.periods[this.period ?? data.default] } as ChartData));
  }

  // show changes the period; a figure without data for it keeps what it shows. Whoever chose
  // another period than the default one has waited for periods.js.
  show(period: string): void {
    const data = this.data;
    if (!data?.periods[period] || period === (this.period ?? data.default)) return;
    this.period = period;
    this.element.classList.toggle("other", period !== data.default);
    this.tell("title", this.current.title);
    this.tell("period", this.current.period);
    this.tell("summary", this.current.summary);
    this.tell("note", this.current.note);
    const own = this.ownTable;
    if (own) this.part("table")?.replaceChildren(period === data.default ? own : tableOf(this.current, own));
    this.start();
    this.draw();
  }

  // start draws the chart in place of the SVG, which stays for print, once its data is here.
  start(): void {
    withLater(() => this.begin());
  }

  private begin(): void {
    const plot = this.part("plot");
    if (this.chart || !plot || !this.data || !optionOf(this.current, paletteOf(this.element), false)) return;
    this.host = document.createElement("div");
    this.host.className = "plot-live";
    this.host.tabIndex = 0;
    this.host.setAttribute("role", "group");
    this.fitHost();
    plot.append(this.host);
    this.element.classList.add("live");
    this.chart = create(this.host);
    this.draw();
    stepThrough(this.host, this.chart, () => this.current);
    addDownloads(this.element, this.chart, () => this.current);
    new ResizeObserver(() => this.chart?.resize()).observe(this.host);
    dark.addEventListener("change", () => this.draw());
  }

  // A flow is as high as its names need: the live chart takes the shape of the drawn one.
  private fitHost(): void {
    const box = this.element.querySelector<SVGSVGElement>("svg.sankey")?.viewBox.baseVal;
    if (box && this.host) this.host.style.aspectRatio = `${box.width} / ${box.height}`;
  }

  // fitPaper narrows a chart that the SVG cannot stand in for; 0 fits it to the page again.
  fitPaper(width: number): void {
    if (!this.element.classList.contains("other")) return;
    this.chart?.resize(width ? { width } : undefined);
  }

  private draw(): void {
    const option = optionOf(this.current, paletteOf(this.element), !still.matches);
    if (!option) return;
    this.host?.setAttribute("aria-label", `${this.current.title ?? ""}. ${this.current.summary ?? ""} ${word("chart.keys")}`);
    this.chart?.setOption(option, { notMerge: true });
  }

  private part(name: keyof typeof parts): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(parts[name]);
  }

  // added is a note that the page does not carry because there was nothing to say.
  private added(name: string, text: string): HTMLElement | undefined {
    if (name !== "note" || !text) return undefined;
    const note = document.createElement("p");
    note.className = "note";
    this.part("summary")?.after(note);
    return note;
  }

  private tell(name: keyof typeof parts, text = ""): void {
    const part = this.part(name) ?? this.added(name, text);
    if (!part) return;
    part.textContent = text;
    part.hidden = text === "";
  }
}
