// Which things a text finds, the closest first. Each of its words has to be in the name of a
// thing or of what the thing belongs to, and one of them in its own. Words need be neither
// whole nor right: see find_close.ts.

import { closeTo, nearTo, typosIn, type Close } from "./find_close";
import { lettersOf, wordsOf, type Index } from "./find_index";

// enough is from how many things on no slip of the keyboard is looked for.
const enough = 8;

// What it costs that a word is that of what a thing belongs to, and that a thing has ended.
const above = 5;
const gone = 2;

// match returns the closest things, and how many there are.
export function match(index: Index, text: string, most: number): { found: number[]; count: number } {
  const words = wordsOf(text);
  if (words.length === 0) return { found: [], count: 0 };
  const costs = words.map((word) => costsOf(index, word));
  const all = index.things.map((_, i) => total(index, costs, i));
  const result = closest(index, all, most);
  return result.count > 0 ? result : closest(index, joined(index, words.join("")), most);
}

// costsOf says for each thing how close a word is to one of its own.
function costsOf(index: Index, typed: string): Float32Array {
  const costs = new Float32Array(index.things.length).fill(Infinity);
  if (spread(index, costs, (word) => closeTo(typed, word)) >= enough) return costs;
  const slips = typosIn(typed);
  const letters = lettersOf(typed);
  if (slips > 0) spread(index, costs, (word, i) => (missing(letters, index.letters[i] ?? 0) > slips ? undefined : nearTo(typed, word, slips)));
  return costs;
}

// spread gives the cost of each word to the things that have it, and counts them.
function spread(index: Index, costs: Float32Array, close: (word: string, i: number) => Close | undefined): number {
  let count = 0;
  index.words.forEach((word, i) => {
    const cost = close(word, i)?.cost;
    if (cost === undefined) return;
    for (const having of index.having[i] ?? []) {
      const thing = Math.floor(having / 3);
      costs[thing] = Math.min(costs[thing] ?? Infinity, cost + (having % 3) / 2);
      count++;
    }
  });
  return count;
}

// missing counts the letters of one set that another lacks.
function missing(letters: number, among: number): number {
  let count = 0;
  for (let left = letters & ~among; left !== 0; left &= left - 1) count++;
  return count;
}

function total(index: Index, costs: Float32Array[], i: number): number {
  if (!costs.some((of) => (of[i] ?? Infinity) < Infinity)) return Infinity;
  let sum = index.things[i]?.ended ? gone : 0;
  for (const of of costs) {
    let cost = of[i] ?? Infinity;
    for (let on = index.things[i]?.on ?? -1; cost === Infinity && on >= 0; on = index.things[on]?.on ?? -1) cost = (of[on] ?? Infinity) + above;
    sum += cost;
  }
  return sum;
}

// joined compares without the gaps between words: "check out" is Checkout.
function joined(index: Index, typed: string): number[] {
  if (typed.length < 4) return [];
  const slips = typosIn(typed);
  const letters = lettersOf(typed);
  const near = (title: string) => (missing(letters, lettersOf(title)) > slips ? undefined : nearTo(typed, title, slips));
  return index.joined().map((title) => (closeTo(typed, title) ?? near(title))?.cost ?? Infinity);
}

// closest picks the things of least cost; of equal ones the shorter name, then the earlier.
function closest(index: Index, costs: number[], most: number): { found: number[]; count: number } {
  const found: number[] = [];
  const cost = (i: number) => (costs[i] ?? Infinity) + Math.min(index.things[i]?.title.length ?? 0, 99) / 200;
  let count = 0;
  costs.forEach((of, i) => {
    if (of === Infinity) return;
    count++;
    let at = found.length;
    while (at > 0 && cost(i) < cost(found[at - 1] as number)) at--;
    if (at < most) found.splice(at, 0, i);
    if (found.length > most) found.pop();
  });
  return { found, count };
}
