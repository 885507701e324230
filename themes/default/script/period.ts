// The period switch without reload.
//
// The page holds <nav class="period"> with links <a href="#period=7d" data-period="7d">
// and one block <script type="application/json" id="page-periods">:
//   {"default": "28d", "periods": ["7d", "28d"], "texts": {"KEY": ["text of 7d", "text of 28d"]}}
// An element with data-p="KEY" gets its text; an element with data-for="7d" is shown in that
// period only; those of other periods come from periods.js (later.ts). The chosen period is
// kept in the address and, for other pages, in the browser. charts.js listens to the
// event "uptree:period" and reads the attribute data-period of <html>.

import { placeTiles, withLater } from "./later";
import { jsonBlock } from "./words";

interface PagePeriods {
  default: string;
  periods: string[];
  texts?: Record<string, string[]>;
}

const storageKey = "uptree:period";

// periods makes the switch work and shows the period that the reader chose last.
export function periods(): void {
  const page = jsonBlock<PagePeriods>(document.getElementById("page-periods"));
  if (!page?.periods?.includes(page.default)) return;
  const first = [periodInAddress(), remembered(), page.default].find((p) => p && page.periods.includes(p));
  if (first && first !== page.default) show(page, first);
  const follow = () => {
    const chosen = periodInAddress() ?? (location.hash === "" ? first : undefined); // "": back to the start
    if (chosen && page.periods.includes(chosen)) {
      remember(chosen);
      show(page, chosen);
    }
  };
  addEventListener("hashchange", follow);
}

function show(page: PagePeriods, period: string): void {
  if (period === page.default) swap(page, period);
  else {
    withLater(({ tiles }) => {
      placeTiles(tiles);
      swap(page, period);
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

function periodInAddress(): string | undefined {
  return /^#period=([\w-]+)$/.exec(location.hash)?.[1];
}

// Storage can be forbidden, or absent in a sandbox; the switch works without it.
function remembered(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function remember(period: string): void {
  try {
    localStorage.setItem(storageKey, period);
  } catch {
    // The address still holds it.
  }
}
