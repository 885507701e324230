// The period switch without reload.
//
// The page holds <nav class="period"> with links <a href="#period=7d" data-period="7d">
// and one block <script type="application/json" id="page-periods">:
//   {"default": "28d", "periods": ["7d", "28d"], "texts": {"KEY": ["text of 7d", "text of 28d"]}}
// An element with data-p="KEY" gets its text; an element with data-for="7d" is shown in that
// period only; those of other periods come from periods.js (later.ts). The chosen period is
// in the address, and links to other pages of the site take it along. charts.js listens to
// the event "uptree:period" and reads the attribute data-period of <html>.

import { placeTiles, withLater } from "./later";
import { chosen, follow, fragment } from "./view";
import { jsonBlock } from "./words";

interface PagePeriods {
  default: string;
  periods: string[];
  texts?: Record<string, string[]>;
}

let wanted: string | undefined;

// periods makes the switch work.
export function periods(): void {
  for (const kind of ["click", "auxclick", "contextmenu"]) document.addEventListener(kind, takeAlong, true);
  const page = jsonBlock<PagePeriods>(document.getElementById("page-periods"));
  if (!page?.periods?.includes(page.default)) return;
  wanted = page.default;
  follow("period", (period) => show(page, period && page.periods.includes(period) ? period : page.default));
}

function show(page: PagePeriods, period: string): void {
  if (period === wanted) return;
  wanted = period;
  if (period === page.default) swap(page, period);
  else {
    withLater(({ tiles }) => {
      placeTiles(tiles);
      if (period === wanted) swap(page, period);
    });
  }
}

function swap(page: PagePeriods, period: string): void {
  const index = page.periods.indexOf(period);
  for (const element of document.querySelectorAll<HTMLElement>("[data-p]")) {
    const text = page.texts?.[element.dataset.p ?? ""]?.[index];
    if (text !== undefined) element.textContent = text;
  }
  for (const element of document.querySelectorAll<HTMLElement>("[data-for]")) {
    element.toggleAttribute("hidden", element.dataset.for !== period);
  }
  for (const link of document.querySelectorAll<HTMLElement>("nav.period [data-period]")) {
    if (link.dataset.period === period) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  document.documentElement.dataset.period = period;
  document.dispatchEvent(new CustomEvent("uptree:period", { detail: period }));
}

// takeAlong gives a link to another page of the site the chosen period, just before the
// browser follows it. Links of the site are relative.
function takeAlong(event: Event): void {
  const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a[href]");
  const [path = "", end = ""] = link?.getAttribute("href")?.split("#", 2) ?? [];
  if (!link || !/^(?!\/\/|[a-z][a-z\d+.-]*:).*\.html$/i.test(path)) return;
  const at = decodeURIComponent(end.split("&").find((part) => !part.includes("=")) ?? "");
  link.setAttribute("href", path + fragment(at, [["period", chosen("period")]]));
}
