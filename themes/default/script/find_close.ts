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
  const rest = word.length - typed.length;
  const start = rest <= 2 ? rest / 5 : 1; // one or two letters more are most often an ending
  return { cost: from === 0 ? start : 3, from, to: from + typed.length };
}

// typosIn is how many slips of the keyboard are forgiven: in numbers and short words none,
// because another number or short word is meant more often.
export function typosIn(typed: string): number {
  if (typed.length < 4 || typed.length > 60 || /\p{N}/u.test(typed)) return 0;
  return typed.length < 8 ? 1 : 2;
}

// nearTo compares with slips: a letter too many, too few, another, or two in each other's
// place. The word may go on.
export function nearTo(typed: string, word: string, slips: number): Close | undefined {
  const found = slips > 0 ? distance(typed, word, slips) : undefined;
  return found === undefined ? undefined : { cost: 4 + 2 * found, from: 0, to: word.length };
}

// Rows of the table of distances, kept between calls. Words longer than they are cut.
const most = 64;
let before = new Uint8Array(most + 1);
let last = new Uint8Array(most + 1);
let row = new Uint8Array(most + 1);

// distance is the least number of slips between what was typed and a start of the word;
// undefined where there are more.
function distance(typed: string, word: string, slips: number): number | undefined {
  const width = Math.min(word.length, typed.length + slips, most);
  for (let j = 0; j <= width; j++) last[j] = j;
  for (let i = 1; i <= typed.length; i++) {
    if (fillRow(typed, word, i, width) > slips) return undefined;
    [before, last, row] = [last, row, before];
  }
  let least = slips + 1;
  for (let j = 0; j <= width; j++) least = Math.min(least, last[j] as number);
  return least <= slips ? least : undefined;
}

// fillRow fills the row of the first i letters that were typed, and returns its least.
function fillRow(typed: string, word: string, i: number, width: number): number {
  const letter = typed.charCodeAt(i - 1);
  row[0] = i;
  let least = i;
  for (let j = 1; j <= width; j++) {
    const other = word.charCodeAt(j - 1);
    let d = Math.min(last[j] as number, row[j - 1] as number, (last[j - 1] as number) - (letter === other ? 1 : 0)) + 1;
    const swapped = i > 1 && j > 1 && letter === word.charCodeAt(j - 2) && typed.charCodeAt(i - 2) === other;
    if (swapped) d = Math.min(d, (before[j - 2] as number) + 1);
    row[j] = d;
    least = Math.min(least, d);
  }
  return least;
}
