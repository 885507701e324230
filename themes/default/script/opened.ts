// What a reader has opened (how a number is made, the table of a chart) stands in the
// address: open=m-cost,incidents:1 names details by the element around them that has an id,
// or by the heading of their section, and by their number there.

import { choose, follow } from "./view";

// The details of the page by element, without those that are open at first.
const named = new Map<Element, string>();

// opened keeps all details of the page and the address in step.
export function opened(): void {
  nameDetails();
  if (named.size === 0) return;
  follow("open", (value) => {
    const names = new Set(value?.split(","));
    for (const [details, name] of named) (details as HTMLDetailsElement).open = names.has(name);
  });
  let byHand: Element | null = null;
  document.addEventListener("click", (event) => (byHand = (event.target as Element | null)?.closest("summary")?.parentElement ?? null));
  const toggled = ({ target }: Event) => {
    if (!named.has(target as Element)) return;
    choose("open", openBelow(document), byHand === target);
    byHand = null;
  };
  document.addEventListener("toggle", toggled, true); // it does not bubble
}

// openBelow names what is open inside an element, as the address does.
export function openBelow(root: ParentNode): string | undefined {
  const names = [...root.querySelectorAll("details[open]")].map((details) => named.get(details));
  return names.filter((name) => name !== undefined).join(",") || undefined;
}

function nameDetails(): void {
  const count = new Map<string, number>();
  for (const details of document.querySelectorAll("main details:not([open])")) {
    const owner = details.closest("[id]:not(main)")?.id ?? details.closest("section")?.querySelector("[id]")?.id;
    if (!owner) continue;
    const nth = count.get(owner) ?? 0;
    count.set(owner, nth + 1);
    named.set(details, nth === 0 ? owner : `${owner}:${nth}`);
  }
}
