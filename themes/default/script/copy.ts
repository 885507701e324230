// Links to a place in the page (<a class="permalink" href="#id">). A click goes there and
// copies the address, with the period and what is open there. Numbers, objectives and
// charts, of which a page has many, get theirs from here.

import { openBelow } from "./opened";
import { chosen, fragment } from "./view";
import { announce, word } from "./words";

const shown = 2000; // milliseconds that "copied" stays

// copyLinks adds permalinks where the page has none and makes all of them copy themselves.
export function copyLinks(): void {
  for (const block of document.querySelectorAll(".tile[id], .level[id], .chart[id]")) addLink(block);
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a.permalink");
    if (link) void copy(link);
  });
}

function addLink(block: Element): void {
  const name = block.querySelector("h3 a, h3")?.textContent ?? "";
  const link = document.createElement("a");
  link.className = "permalink";
  link.href = "#" + encodeURIComponent(block.id);
  link.textContent = "#";
  link.setAttribute("aria-label", word("link", { title: name }));
  const heading = block.querySelector(":scope > figcaption > h3");
  if (heading) heading.after(link);
  else block.append(link);
}

async function copy(link: HTMLAnchorElement): Promise<void> {
  const id = decodeURIComponent(link.hash.slice(1));
  const place = document.getElementById(id);
  const end = fragment(id, [["period", chosen("period")], ["open", place ? openBelow(place) : undefined]]);
  if (!(await toClipboard(location.href.split("#", 1)[0] + end))) return; // the address bar has it
  announce(word("copied"));
  link.dataset.copied = word("copied");
  setTimeout(() => delete link.dataset.copied, shown);
}

// Browsers give the clipboard to pages from https and from files; elsewhere the old way is left.
async function toClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return toClipboardBySelection(text);
  }
}

function toClipboardBySelection(text: string): boolean {
  const focused = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "announce";
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return done;
}
