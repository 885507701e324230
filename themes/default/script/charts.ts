// charts.js, for pages with charts: a classic deferred script, after the file of chart
// options that Go writes (window.uptree.skeletons). A figure's chart starts when it is
// scrolled into view; until then, in print and without this script, its SVG stands.

import { Figure } from "./figure";

const paperWidth = 680; // CSS pixels that a sheet of A4 leaves between its margins

const figures = new Map<Element, Figure>();
for (const element of document.querySelectorAll<HTMLElement>("figure[data-chart]")) {
  if (window.uptree?.skeletons?.[element.dataset.chart ?? ""]) figures.set(element, new Figure(element));
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      figures.get(target)?.start();
    }
  },
  { rootMargin: "200px" },
);
for (const element of figures.keys()) seen.observe(element);

const showPeriod = (period: string) => figures.forEach((figure) => figure.show(period));
document.addEventListener("uptree:period", (event) => showPeriod((event as CustomEvent<string>).detail));
const chosen = document.documentElement.dataset.period;
if (chosen) showPeriod(chosen);

addEventListener("beforeprint", () => figures.forEach((figure) => figure.fitPaper(paperWidth)));
addEventListener("afterprint", () => figures.forEach((figure) => figure.fitPaper(0)));
