// A result of the search as an option of its list: the name with what was found in it, its
// kind and where it belongs.

import { closeTo, nearTo, typosIn } from "./find_close";
import { addressOf, pathOf, wordsOf, type Index } from "./find_index";
import { bare } from "./letters";
import { word } from "./words";

// option makes a result a link, so that it can be opened in another window too.
export function option(index: Index, number: number, text: string, id: string): HTMLAnchorElement {
  const thing = index.things[number];
  const link = document.createElement("a");
  link.id = id;
  link.tabIndex = -1;
  link.setAttribute("role", "option");
  if (!thing) return link;
  const typed = wordsOf(text);
  link.href = addressOf(index.things, thing);
  link.append(line("name", marked(thing.title, typed)));
  const kind = thing.ended ? word("find.ended", { kind: thing.kind }) : thing.kind;
  const path = pathOf(index.things, thing).map((above) => isolated(above.title));
  link.append(line("where", kind && path.length > 0 ? filled("find.where", { kind: [kind], path: separated(path) }) : [kind, ...separated(path)]));
  const also = thing.names.find((name) => typed.some((w) => spans(name, [w]).length > 0 && spans(thing.title, [w]).length === 0));
  if (also) link.append(line("where", filled("find.also", { name: marked(also, typed) })));
  return link;
}

type Part = string | Node;

function line(name: string, parts: Part[]): HTMLElement {
  const span = document.createElement("span");
  span.className = name;
  if (name === "name") span.dir = "auto";
  span.append(...parts);
  return span;
}

// Names run in their own direction.
function isolated(name: string): HTMLElement {
  const element = document.createElement("bdi");
  element.textContent = name;
  return element;
}

function separated(parts: Part[]): Part[] {
  return parts.flatMap((part, i) => (i > 0 ? [" / ", part] : [part]));
}

// filled puts parts in the places of a sentence's arguments.
function filled(key: string, parts: Record<string, Part[]>): Part[] {
  return word(key).split(/\{(\w+)\}/).flatMap((text, i) => (i % 2 === 0 ? [text] : parts[text] ?? []));
}

// marked is a name with what was found in it marked.
function marked(name: string, typed: string[]): Part[] {
  const out: Part[] = [];
  let done = 0;
  for (const [from, to] of spans(name, typed)) {
    const mark = document.createElement("mark");
    mark.textContent = name.slice(from, to);
    out.push(name.slice(done, from), mark);
    done = to;
  }
  return [...out, name.slice(done)];
}

// spans finds the typed words in a name: where each begins and ends, in order.
function spans(name: string, typed: string[]): [from: number, to: number][] {
  const out: [number, number][] = [];
  const { text, places } = folded(name);
  for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const start = found.index ?? 0;
    const best = typed
      .map((w) => closeTo(w, found[0]) ?? nearTo(w, found[0], typosIn(w)))
      .reduce((a, b) => (a && (!b || a.cost <= b.cost) ? a : b), undefined);
    if (best) out.push([places[start + best.from] ?? 0, places[start + best.to] ?? name.length]);
  }
  return out;
}

// folded folds a name and says where each letter of the outcome came from.
function folded(name: string): { text: string; places: number[] } {
  let text = "";
  const places: number[] = [];
  let at = 0;
  for (const letter of name) {
    const plain = bare(letter);
    for (let i = 0; i < plain.length; i++) places.push(at);
    text += plain;
    at += letter.length;
  }
  return { text, places };
}
