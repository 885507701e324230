// What a reader has opened (how a number is made, the table of a chart) stands in the
// address: open=m-cost,incidents:1 names details by the element around them that has an id,
// or by the heading of their section, and by their number there.

import { choose, follow } from "./view";

// opened keeps all details of the page and the address in step.
export function opened(): void {
  const named = namedDetails();
  if (named.size === 0) return;
  const atFirst = new Set([...named.keys()].filter((details) => details.open));
  follow("open", (value) => {
    const names = new Set(value?.split(","));
    for (const [details, name] of named) details.open = names.has(name) || atFirst.has(details);
  });
  let byHand: Element | null = null;
  document.addEventListener("click", (event) => (byHand = (event.target as Element | null)?.closest("summary")?.parentElement ?? null));
  document.addEventListener(
    "toggle",
    (event) => {
      if (!named.has(event.target as HTMLDetailsElement)) return;
      choose("open", openIn(document, named, atFirst), byHand === event.target);
      byHand = null;
    },
    true,
  );
  openBelow = (element) => openIn(element, named, atFirst);
}

// openBelow names what is open inside an element, as the address does.
export let openBelow: (element: Element) => string | undefined = () => undefined;

function openIn(root: ParentNode, named: Map<HTMLDetailsElement, string>, atFirst: Set<HTMLDetailsElement>): string | undefined {
  const names: string[] = [];
  for (const details of root.querySelectorAll("details")) {
    const name = named.get(details);
    if (name !== undefined && details.open && !atFirst.has(details)) names.push(name);
  }
  return names.join(",") || undefined;
}

function namedDetails(): Map<HTMLDetailsElement, string> {
  const named = new Map<HTMLDetailsElement, string>();
  const count = new Map<string, number>();
  for (const details of document.querySelectorAll<HTMLDetailsElement>("main details")) {
    const owner = details.closest("[id]:not(main)")?.id ?? details.closest("section")?.querySelector("[id]")?.id;
    if (!owner) continue;
    const nth = count.get(owner) ?? 0;
    count.set(owner, nth + 1);
    named.set(details, nth === 0 ? owner : `${owner}:${nth}`);
  }
  return named;
}
