// What the page does not list of the organisation comes from tree.js.

import { nodeAddress, registered, type Org } from "./registered";
import { dress, linkOf, listOf } from "./tree_view";

// segmentOf names the node of a row as addresses do; "" for the root.
export function segmentOf(row: Element): string {
  const href = linkOf(row).getAttribute("href") ?? "";
  return /(?:^|\/)org\/([^/]+)\/[^/]*$/.exec(href)?.[1] ?? "";
}

// bring lists all that is right below a row; false where the organisation is not to be had.
export async function bring(row: HTMLElement): Promise<boolean> {
  const org = await registered("tree");
  const node = org ? nodeOf(org, segmentOf(row)) : -1;
  if (!org || node < 0) return false;
  const had = listOf(row);
  const known = new Map([...(had?.children ?? [])].map((below) => [segmentOf(below), below]));
  const list = had ?? row.appendChild(document.createElement("ul"));
  list.replaceChildren(...childrenOf(org, node).map((child) => known.get(org.nodes[child]?.[2] ?? "") ?? newRow(org, child)));
  row.dataset.full = "";
  dress(row.parentElement as HTMLElement, Number(linkOf(row).getAttribute("aria-level")));
  return true;
}

function nodeOf(org: Org, segment: string): number {
  return segment === "" ? 0 : org.nodes.findIndex((node) => node[2] === segment);
}

function depthOf(org: Org, node: number): number {
  return org.nodes[node]?.[0] ?? -1;
}

// childrenOf lists the nodes right below one, in the organisation's own order.
function childrenOf(org: Org, node: number): number[] {
  const out: number[] = [];
  for (let i = node + 1; depthOf(org, i) > depthOf(org, node); i++) {
    if (depthOf(org, i) === depthOf(org, node) + 1) out.push(i);
  }
  return out;
}

function newRow(org: Org, node: number): HTMLElement {
  const row = document.createElement("li");
  const link = row.appendChild(document.createElement("a"));
  link.href = nodeAddress(org, node);
  link.dir = "auto";
  link.textContent = org.nodes[node]?.[1] ?? "";
  const waiting = org.nodes[node]?.[4];
  if (waiting) {
    const count = document.createElement("b");
    count.className = "waiting";
    count.textContent = String(waiting);
    link.append("\u00a0", count);
  }
  if (depthOf(org, node + 1) > depthOf(org, node)) row.dataset.below = "";
  return row;
}
