// How close a word of a search is to a word of a name.

// Close says how close, 0 being the same, and which letters of the word it was.
export interface Close {
  cost: number;
  from: number;
  to: number;
}

// closeTo compares letters as they stand: the same word, its start, its middle.
export function closeTo(typed: string, word: string): Close | undefined {
  const from = word.indexOf(typed);
  if (from < 0 || (from > 0 && typed.length < 2 && typed <= "~")) return undefined;
  const cost = typed.length === word.length ? 0 : from === 0 ? 1 : 3;
  return { cost, from, to: from + typed.length };
}

// typosIn is how many slips of the keyboard are forgiven: in numbers and short words none,
// because another number or short word is meant more often.
export function typosIn(typed: string): number {
  if (typed.length < 4 || /\p{N}/u.test(typed)) return 0;
  return typed.length < 8 ? 1 : 2;
}

// nearTo compares with slips: a letter too many, too few, another, or two in each other's
// place. The word may go on.
export function nearTo(typed: string, word: string, slips: number): Close | undefined {
  const found = slips > 0 ? distance(typed, word, slips) : undefined;
  return found === undefined ? undefined : { cost: 4 + 2 * found, from: 0, to: word.length };
}

// Rows of the table of distances, kept between calls.
let before: number[] = [];
let last: number[] = [];
let row: number[] = [];

// distance is the least number of slips between what was typed and a start of the word;
// undefined where it is more than most.
function distance(typed: string, word: string, most: number): number | undefined {
  const width = Math.min(word.length, typed.length + most);
  for (let j = 0; j <= width; j++) last[j] = j;
  for (let i = 1; i <= typed.length; i++) {
    let least = (row[0] = i);
    for (let j = 1; j <= width; j++) {
      const same = typed[i - 1] === word[j - 1];
      let d = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) d = Math.min(d, at(before, j - 2) + 1);
      row[j] = d;
      least = Math.min(least, d);
    }
    if (least > most) return undefined;
    [before, last, row] = [last, row, before];
  }
  const found = Math.min(...last.slice(0, width + 1));
  return found <= most ? found : undefined;
}

function at(list: number[], i: number): number {
  return list[i] ?? 0;
}
