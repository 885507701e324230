// What a reader has chosen on a page stands in its address and nowhere else: whoever is
// given the address sees the same.
//
//   index.html#m-cost&period=365d&open=m-cost,incidents:1
//
// An anchor may come first; then keys with values. Each choice is an entry of the history.
// A link inside a page that names only an anchor keeps what was chosen.

type Choices = Map<string, string>;
type Tell = (value: string | undefined) => void;

let anchor = "";
let choices: Choices = new Map();
const followers: [key: string, tell: Tell][] = [];

// follow calls tell with the value of a key, undefined where the address has none: once at
// start, and whenever another address is shown.
export function follow(key: string, tell: Tell): void {
  followers.push([key, tell]);
}

// chosen is the value of a key in the address.
export function chosen(key: string): string | undefined {
  return choices.get(key);
}

// choose puts a value into the address; byHand makes it an entry of the history. Who chooses
// has already shown it.
export function choose(key: string, value: string | undefined, byHand = true): void {
  if (choices.get(key) === value) return;
  if (value === undefined) choices.delete(key);
  else choices.set(key, value);
  const url = location.pathname + location.search + fragment(anchor, choices);
  if (byHand) history.pushState(known, "", url);
  else history.replaceState(known, "", url);
}

// fragment writes an anchor and choices as the end of an address.
export function fragment(at: string, chosen: Iterable<readonly [string, string | undefined]>): string {
  const parts = at === "" ? [] : [written(at)];
  for (const [key, value] of chosen) if (value !== undefined) parts.push(key + "=" + written(value));
  return parts.length === 0 ? "" : "#" + parts.join("&");
}

// start shows what the address asks for. It is called when all followers are there.
export function start(): void {
  arrive();
  addEventListener("popstate", arrive);
}

// Entries of the history that this script has seen carry a mark; one without it is new.
const known = { view: true };

function arrive(): void {
  const before = choices;
  [anchor, choices] = parsed(location.hash);
  const isNew = !(history.state as typeof known | null)?.view;
  if (isNew) {
    for (const [key, value] of before) if (!choices.has(key)) choices.set(key, value);
  }
  for (const [key, tell] of followers) tell(choices.get(key));
  if (!isNew) return;
  const mixed = anchor !== "" && /[&=]/.test(location.hash);
  settle();
  if (!mixed) return;
  // Until a page is loaded, the browser still looks for the place by the whole address.
  if (document.readyState === "complete") goTo(anchor);
  else addEventListener("load", () => goTo(anchor), { once: true });
}

// goTo has the browser go to a place and mark it, which it does where its name stands alone.
function goTo(place: string): void {
  location.replace(fragment(place, []));
  settle();
}

function settle(): void {
  history.replaceState(known, "", location.pathname + location.search + fragment(anchor, choices));
}

function parsed(hash: string): [string, Choices] {
  const found: Choices = new Map();
  let at = "";
  for (const part of hash.slice(1).split("&")) {
    const [key = "", value] = part.split("=", 2);
    if (value === undefined) at ||= read(key);
    else if (/^[a-z]+$/.test(key)) found.set(key, read(value));
  }
  return [at, found];
}

function read(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// written escapes what a fragment or this scheme would misread.
function written(text: string): string {
  return encodeURIComponent(text).replace(/%2C/g, ",").replace(/%3A/g, ":");
}
