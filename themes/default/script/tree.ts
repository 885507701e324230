// The org chart: <nav class="tree"> with nested lists of links becomes a tree as in the
// patterns of WAI-ARIA. One link at a time is in the order of the Tab key. Arrows, Home, End
// and letters move between those that can be seen; the arrow towards the end opens, the one
// towards the start closes or goes up; Enter follows the link.

import { bare } from "./letters";
import { keep, recall } from "./tree_kept";
import { bring } from "./tree_rest";
import { dress, linkOf, listOf, rowOf, setOpen } from "./tree_view";

// tree makes the org chart of the page a tree.
export function tree(): void {
  const nav = document.querySelector<HTMLElement>("nav.tree");
  const list = nav?.querySelector<HTMLElement>("ul");
  if (!nav || !list) return;
  list.setAttribute("role", "tree");
  list.setAttribute("aria-labelledby", "tree-title");
  list.setAttribute("aria-describedby", "tree-hint");
  dress(list);
  enter(nav, current(nav));
  nav.addEventListener("keydown", (event) => onKey(nav, event));
  nav.addEventListener("click", (event) => onClick(nav, event));
  nav.addEventListener("focusin", (event) => enter(nav, (event.target as Element).closest<HTMLElement>('[role="treeitem"]')));
  void recall(nav, current(nav)).then(() => show(nav, current(nav)));
}

function current(nav: HTMLElement): HTMLElement | null {
  return nav.querySelector('[aria-current="page"]') ?? nav.querySelector('[role="treeitem"]');
}

// enter makes an item the one that the Tab key reaches.
function enter(nav: HTMLElement, item: HTMLElement | null): void {
  if (!item) return;
  nav.querySelector('[tabindex="0"]')?.setAttribute("tabindex", "-1");
  item.tabIndex = 0;
}

// show scrolls the chart, never the page, to an item.
function show(nav: HTMLElement, item: HTMLElement | null): void {
  if (!item) return;
  const place = item.getBoundingClientRect();
  const frame = nav.getBoundingClientRect();
  if (place.bottom > frame.bottom || place.top < frame.top) nav.scrollTop += place.top - frame.top - nav.clientHeight / 2;
}

function visible(nav: HTMLElement): HTMLElement[] {
  return [...nav.querySelectorAll<HTMLElement>('[role="treeitem"]')].filter((item) => !item.closest("[hidden]"));
}

function onClick(nav: HTMLElement, event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const target = event.target as Element;
  const row = rowOf(target);
  if (row && target.closest(".fold")) void toggle(nav, row, listOf(row)?.hidden !== false);
  if (row && target.closest(".rest")) {
    event.preventDefault();
    void showRest(nav, row);
  }
}

// toggle opens or closes what is below a row, and remembers it.
async function toggle(nav: HTMLElement, row: HTMLElement, open: boolean): Promise<void> {
  if (open && !listOf(row) && !(await bring(row))) return;
  setOpen(row, open);
  keep(row, open);
  const held = nav.querySelector('[tabindex="0"]');
  if (held?.closest("[hidden]")) enter(nav, linkOf(row));
}

// showRest puts what was left out of a list into it, and goes to the first of them.
async function showRest(nav: HTMLElement, rest: HTMLElement): Promise<void> {
  const above = rowOf(rest.parentElement);
  if (!above) return;
  const before = new Set(visible(nav));
  if (!(await bring(above))) {
    location.assign(linkOf(rest).getAttribute("href") ?? "");
    return;
  }
  keep(above, true);
  visible(nav).find((item) => !before.has(item))?.focus();
}

function onKey(nav: HTMLElement, event: KeyboardEvent): void {
  const item = (event.target as Element).closest<HTMLElement>('[role="treeitem"]');
  if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
  const next = keys[event.key] ?? (event.key.length === 1 && event.key !== "/" ? byLetter : undefined);
  if (!next) return;
  event.preventDefault();
  next(nav, item, event.key)?.focus();
}

// A key returns the item to go to, if any.
type Key = (nav: HTMLElement, item: HTMLElement, key: string) => HTMLElement | null | undefined | void;

const keys: Record<string, Key> = {
  ArrowDown: (nav, item) => beside(nav, item, 1),
  ArrowUp: (nav, item) => beside(nav, item, -1),
  ArrowRight: (nav, item) => sideways(nav, item, 1),
  ArrowLeft: (nav, item) => sideways(nav, item, -1),
  Home: (nav) => visible(nav)[0],
  End: (nav) => visible(nav).pop(),
  " ": (_, item) => item.click(),
};

function beside(nav: HTMLElement, item: HTMLElement, by: number): HTMLElement | undefined {
  const all = visible(nav);
  return all[all.indexOf(item) + by];
}

function sideways(nav: HTMLElement, item: HTMLElement, by: number): HTMLElement | null | undefined {
  const row = rowOf(item);
  const open = item.getAttribute("aria-expanded");
  const deeper = getComputedStyle(nav).direction === "rtl" ? by < 0 : by > 0;
  if (!row) return undefined;
  if (deeper) {
    if (open === "true") return beside(nav, item, 1);
    if (open === "false") void toggle(nav, row, true);
    return undefined;
  }
  if (open === "true") {
    void toggle(nav, row, false);
    return undefined;
  }
  const above = rowOf(row.parentElement);
  return above && linkOf(above);
}

let typed = "";
let typedAt = 0;

// byLetter goes to the next item that begins with what was typed in quick succession.
function byLetter(nav: HTMLElement, item: HTMLElement, key: string): HTMLElement | undefined {
  const quick = Date.now() - typedAt < 700;
  typedAt = Date.now();
  typed = (quick ? typed : "") + bare(key);
  const all = visible(nav);
  const at = all.indexOf(item) + (quick && typed.length > 1 ? 0 : 1);
  return [...all.slice(at), ...all.slice(0, at)].find((other) => bare(other.textContent ?? "").startsWith(typed));
}
