// The org chart: <nav class="tree"> with nested lists of links. Items that have a list
// below them get a button that folds it. Arrow keys move between the links that are
// visible; right opens, left closes or goes up.

import { word } from "./words";

// tree makes every org chart of the page foldable.
export function tree(): void {
  for (const nav of document.querySelectorAll<HTMLElement>("nav.tree")) {
    for (const list of nav.querySelectorAll("li > ul")) addFold(list as HTMLElement);
    nav.addEventListener("keydown", (event) => step(nav, event));
  }
}

function addFold(list: HTMLElement): void {
  const item = list.parentElement as HTMLElement;
  const link = item.querySelector(":scope > a");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "fold";
  button.setAttribute("aria-expanded", "true");
  button.setAttribute("aria-label", word("tree.toggle", { name: link?.textContent ?? "" }));
  button.addEventListener("click", () => fold(item, !list.hidden));
  item.classList.add("foldable");
  item.prepend(button);
}

function fold(item: Element, closed: boolean): void {
  const list = item.querySelector<HTMLElement>(":scope > ul");
  if (list) list.hidden = closed;
  item.querySelector(":scope > .fold")?.setAttribute("aria-expanded", String(!closed));
}

function step(nav: HTMLElement, event: KeyboardEvent): void {
  const link = (event.target as Element).closest<HTMLElement>("li > a");
  const item = link?.parentElement;
  if (!link || !item || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const next = target(nav, link, item, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// target returns the link to go to, or the link itself where the key only folds.
function target(nav: HTMLElement, link: HTMLElement, item: Element, key: string): HTMLElement | undefined {
  const links = [...nav.querySelectorAll<HTMLElement>("li > a")].filter((a) => !a.closest("[hidden]"));
  const at = links.indexOf(link);
  const list = item.querySelector<HTMLElement>(":scope > ul");
  const rtl = getComputedStyle(nav).direction === "rtl";
  switch (key) {
    case "ArrowDown":
      return links[at + 1];
    case "ArrowUp":
      return links[at - 1];
    case rtl ? "ArrowLeft" : "ArrowRight":
      if (!list) return undefined;
      if (!list.hidden) return links[at + 1];
      fold(item, false);
      return link;
    case rtl ? "ArrowRight" : "ArrowLeft":
      if (!list || list.hidden) return item.parentElement?.closest("li")?.querySelector<HTMLElement>(":scope > a") ?? undefined;
      fold(item, true);
      return link;
  }
  return undefined;
}
