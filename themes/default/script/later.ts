// What a page keeps for its script alone is a file beside it, periods.js, which the first
// chart to come into view or the first choice of another period brings in: pages fetch
// nothing and work from a file share.

import type { FigureData } from "./data";

// Later is what periods.js registers as window.uptree.later: by tile its markup by the name
// of the period, by figure its charts.
export interface Later {
  tiles: Record<string, Record<string, string>>;
  charts: Record<string, FigureData>;
}

const path = "periods.js";

// withLater calls done once periods.js is here; never where there is none. Both scripts of a
// page ask for it and share the one element.
export function withLater(done: (later: Later) => void): void {
  const here = window.uptree?.later;
  if (here) {
    done(here);
    return;
  }
  let script = document.querySelector<HTMLScriptElement>(`script[src="${path}"]`);
  if (!script) {
    script = document.createElement("script");
    script.src = path;
    document.head.append(script);
  }
  script.addEventListener("load", () => withLater(done), { once: true });
}

// placeTiles puts the other periods of each tile beside the one that it shows, once. Their
// markup is the page's own, escaped as the rest of it.
export function placeTiles(tiles: Later["tiles"]): void {
  for (const [id, periods] of Object.entries(tiles)) {
    const shown = document.getElementById(id)?.querySelector("[data-for]");
    if (!shown || shown.parentElement?.querySelectorAll("[data-for]").length !== 1) continue;
    for (const [period, html] of Object.entries(periods)) {
      const block = document.createElement("div");
      block.className = "now";
      block.dataset.for = period;
      block.hidden = true;
      block.innerHTML = html;
      shown.after(block);
    }
  }
}
