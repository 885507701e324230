// What the reader opened and closed in the org chart stays so from page to page, until the
// window is closed.

import { root } from "./registered";
import { bring, segmentOf } from "./tree_rest";
import { listOf, setOpen } from "./tree_view";

const key = `uptree:tree:${root}`;

// Storage can be forbidden, or absent in a sandbox; the chart works without it.
function kept(): Record<string, boolean> {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "{}") as Record<string, boolean>;
  } catch {
    return {};
  }
}

// keep remembers that a row was opened or closed, where pages would show it otherwise.
export function keep(row: HTMLElement, open: boolean): void {
  const all = kept();
  delete all[segmentOf(row)];
  if (!open || row.dataset.full !== undefined) all[segmentOf(row)] = open;
  try {
    sessionStorage.setItem(key, JSON.stringify(all));
  } catch {
    // The next page shows what it lists.
  }
}

// recall shows the chart as it was left; what the page is about is always to be seen.
export async function recall(nav: HTMLElement, current: Element | null): Promise<void> {
  const all = kept();
  const wanted = (row: HTMLElement) => all[segmentOf(row)];
  for (const row of nav.querySelectorAll<HTMLElement>("li")) {
    if (wanted(row) === false && !listOf(row)?.contains(current)) setOpen(row, false);
  }
  const next = () => [...nav.querySelectorAll<HTMLElement>("li")].find((row) => wanted(row) && row.dataset.full === undefined && !row.querySelector(":scope > .rest"));
  for (let row = next(); row; row = next()) {
    if (!(await bring(row))) return;
    setOpen(row, true);
  }
}
