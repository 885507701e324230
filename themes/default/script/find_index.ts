// What can be found: the nodes of tree.js and what search.js adds, as one list, and the words
// that each thing is known by.

import { bare, isPlain } from "./letters";
import { nodeAddress, root, type Org, type Search } from "./registered";

// Thing is a node, page, service, journey, objective or metric.
export interface Thing {
  title: string;
  kind: string;
  ended: boolean;
  on: number; // the thing that it belongs to; -1 for none
  names: string[]; // its id, what it is called elsewhere, what it stands for
  at: string; // its address; where it begins with #, a place on the page of what it belongs to
}

// Index holds the things, and for each word those that have it, as three times their number
// plus where it stands: 0 first in the title, 1 in the title, 2 in another name.
export interface Index {
  things: Thing[];
  words: string[];
  having: number[][];
  letters: number[]; // of each word: see lettersOf
  joined: () => string[]; // the words of each title without gaps
}

// index gathers the things and their words.
export function index(org: Org, search: Search): Index {
  const things = nodes(org);
  for (const [node, ...names] of search.former) things[node]?.names.push(...names);
  for (const group of search.groups) things.push(...items(group));
  const having = new Map<string, number[]>();
  things.forEach((thing, i) => {
    const title = wordsOf(thing.title);
    title.forEach((word, at) => note(having, word, 3 * i + Math.min(at, 1)));
    for (const word of thing.names.flatMap(wordsOf)) if (!title.includes(word)) note(having, word, 3 * i + 2);
  });
  const words = [...having.keys()];
  let joined: string[] | undefined;
  return {
    things,
    words,
    having: [...having.values()],
    letters: words.map(lettersOf),
    joined: () => (joined ??= things.map((thing) => wordsOf(thing.title).join(""))),
  };
}

function note(having: Map<string, number[]>, word: string, thing: number): void {
  const have = having.get(word);
  if (have) have.push(thing);
  else having.set(word, [thing]);
}

function nodes(org: Org): Thing[] {
  const path: number[] = [];
  return org.nodes.map(([depth, title, segment, kind], i) => {
    path.length = depth;
    path[depth] = i;
    return { title, kind: org.kinds[kind ?? 0] ?? "", ended: false, on: path[depth - 1] ?? -1, names: [idOf(segment)], at: nodeAddress(org, i) };
  });
}

function items(group: Search["groups"][number]): Thing[] {
  const ended = new Set(group.ended);
  const whole = group.at === "*"; // the segment is an address, not an id
  return group.items.map(([title, segment, on, ...names], i) => ({
    title,
    kind: group.kind,
    ended: ended.has(i),
    on,
    names: whole ? names : [idOf(segment), ...names],
    at: (group.at.startsWith("#") ? "" : root) + group.at.replace("*", () => segment),
  }));
}

// idOf is the id that a segment of an address stands for.
function idOf(segment: string): string {
  if (!segment.includes("~")) return segment;
  try {
    return decodeURIComponent(segment.replace(/~/g, "%"));
  } catch {
    return segment;
  }
}

// addressOf is where a thing is.
export function addressOf(things: Thing[], thing: Thing): string {
  const on = things[thing.on];
  return thing.at.startsWith("#") && on ? addressOf(things, on).replace(/#.*/, "") + thing.at : thing.at;
}

// pathOf lists what a thing belongs to, from the root.
export function pathOf(things: Thing[], thing: Thing): Thing[] {
  const on = things[thing.on];
  return on ? [...pathOf(things, on), on] : [];
}

// wordsOf splits a text into its words, folded.
export function wordsOf(text: string): string[] {
  const plain = bare(text);
  return plain.match(isPlain(plain) ? /[a-z0-9]+/g : /[\p{L}\p{N}\p{M}]+/gu) ?? [];
}

// lettersOf is the set of a word's letters, as far as 32 bits tell them apart.
export function lettersOf(word: string): number {
  let set = 0;
  for (let i = 0; i < word.length; i++) set |= 1 << (word.charCodeAt(i) & 31);
  return set;
}
