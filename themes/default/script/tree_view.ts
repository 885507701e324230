// The markup of the org chart as a tree. A row is an <li>: its link, and the list of what is
// below it, which may be yet to come (data-below).

// linkOf and listOf are the link of a row, and the list below it.
export function linkOf(row: Element): HTMLElement {
  return row.querySelector(":scope > a") as HTMLElement;
}

export function listOf(row: Element): HTMLElement | null {
  return row.querySelector(":scope > ul");
}

// rowOf is the row that something stands in.
export function rowOf(inside: Element | null): HTMLElement | null {
  return inside?.closest<HTMLElement>("nav.tree li") ?? null;
}

let lists = 0;

// dress gives a list and those below it their roles. It may be called again.
export function dress(list: HTMLElement, level = 1): void {
  const rows = [...list.children];
  rows.forEach((row, i) => {
    row.setAttribute("role", "none");
    const link = linkOf(row);
    link.setAttribute("role", "treeitem");
    link.setAttribute("aria-level", String(level));
    link.setAttribute("aria-posinset", String(i + 1));
    link.setAttribute("aria-setsize", String(rows.length));
    if (link.tabIndex !== 0 || !link.hasAttribute("tabindex")) link.tabIndex = -1;
    const below = listOf(row);
    if (below) {
      below.id ||= `tree-${++lists}`;
      below.setAttribute("role", "group");
      link.setAttribute("aria-owns", below.id);
      dress(below, level + 1);
    }
    if (below || row.hasAttribute("data-below")) addFold(row, link, below);
  });
}

// The sign beside a link is for the mouse; the keyboard has the arrows.
function addFold(row: Element, link: HTMLElement, below: HTMLElement | null): void {
  link.setAttribute("aria-expanded", String(below !== null && !below.hidden));
  if (row.querySelector(":scope > .fold")) return;
  const sign = document.createElement("span");
  sign.className = "fold";
  sign.setAttribute("aria-hidden", "true");
  row.prepend(sign);
}

// setOpen shows or hides what is below a row.
export function setOpen(row: Element, open: boolean): void {
  const list = listOf(row);
  if (!list) return;
  list.hidden = !open;
  linkOf(row).setAttribute("aria-expanded", String(open));
}
