// The search: a field in <div class="find" data-find="what for">, which is empty without
// scripts. It is a combobox as in the patterns of WAI-ARIA: the list shows what the text
// finds, arrows choose, Enter goes there, Escape closes. What can be found is brought in
// when somebody comes to the field.

import { index, type Index } from "./find_index";
import { Slash } from "./find_key";
import { match } from "./find_match";
import { option } from "./find_result";
import { registered } from "./registered";
import { addWords, announce, word } from "./words";

// shown is how many results are listed.
const shown = 8;

// find makes the field.
export function find(): void {
  const place = document.querySelector<HTMLElement>("[data-find]");
  if (place) new Find(place);
}

class Find {
  private readonly field = document.createElement("input");
  private readonly popup = document.createElement("div");
  private readonly list = document.createElement("div");
  private readonly note = document.createElement("p");
  private readonly hint = document.createElement("p");
  private index: Promise<Index | undefined> | undefined;
  private chosen = -1;
  private readonly key = new Slash(this.field);

  constructor(private readonly place: HTMLElement) {
    this.build(place.dataset.find ?? "");
    this.field.addEventListener("focus", () => void this.load());
    this.field.addEventListener("input", () => void this.update());
    this.field.addEventListener("keydown", (event) => this.onKey(event));
    this.field.addEventListener("click", () => void this.update());
    this.list.addEventListener("click", () => this.close()); // a place on this page may be meant
    this.place.addEventListener("focusout", (event) => {
      if (!this.place.contains(event.relatedTarget as Node | null)) this.close();
    });
  }

  private build(label: string): void {
    this.place.setAttribute("role", "search");
    set(this.field, { type: "search", role: "combobox", placeholder: label, "aria-label": label, "aria-autocomplete": "list" });
    set(this.field, { "aria-expanded": "false", "aria-controls": "find-list", autocomplete: "off", autocapitalize: "none", spellcheck: "false", enterkeyhint: "go" });
    set(this.list, { id: "find-list", role: "listbox", "aria-label": label });
    this.popup.className = "found";
    this.popup.hidden = true;
    this.hint.className = this.note.className = "quiet";
    this.popup.append(this.list, this.note, this.hint, this.key.button);
    this.place.append(this.field, this.key.sign, this.popup);
  }

  private load(): Promise<Index | undefined> {
    this.index ??= Promise.all([registered("tree"), registered("search")]).then(([org, search]) => {
      if (!org || !search) {
        this.index = undefined; // it may be there the next time
        return undefined;
      }
      addWords(search.words);
      this.key.tell(true);
      return index(org, search);
    });
    return this.index;
  }

  // update lists what the text of the field finds.
  private async update(): Promise<void> {
    const text = this.field.value.trim();
    if (text === "") return this.close();
    const index = await this.load();
    if (text !== this.field.value.trim()) return; // it has changed meanwhile
    const { found, count } = index ? match(index, text, shown) : { found: [], count: 0 };
    this.list.replaceChildren(...found.map((number, i) => option(index as Index, number, text, `find-${i}`)));
    this.list.hidden = count === 0;
    this.note.textContent = !index ? word("find.missing") : said(text, found.length, count);
    this.hint.textContent = index && count === 0 ? word("find.none_hint") : "";
    this.popup.hidden = false;
    this.field.setAttribute("aria-expanded", String(count > 0));
    this.choose(count > 0 ? 0 : -1);
    announce(this.note.textContent);
  }

  private options(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>('[role="option"]')];
  }

  private choose(at: number): void {
    this.chosen = at;
    this.options().forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    const option = this.options()[at];
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  private close(): void {
    this.popup.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.list.replaceChildren();
    this.choose(-1);
  }

  private onKey(event: KeyboardEvent): void {
    const count = this.options().length;
    if (event.isComposing) return; // Enter ends a word of an input method
    if (event.key === "Escape") this.leave();
    else if (event.key === "Enter") this.options()[this.chosen]?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, ctrlKey: event.ctrlKey, metaKey: event.metaKey, shiftKey: event.shiftKey }));
    else if (count > 0 && event.key === "ArrowDown") this.choose((this.chosen + 1) % count);
    else if (count > 0 && event.key === "ArrowUp") this.choose((this.chosen - 1 + count) % count);
    else if (count === 0 && event.key === "ArrowDown") void this.update();
    else return;
    event.preventDefault();
  }

  // leave closes the list; where it is closed, it empties the field and goes back.
  private leave(): void {
    if (!this.popup.hidden) return this.close();
    this.field.value = "";
    this.key.back();
  }
}

function said(text: string, listed: number, count: number): string {
  if (count === 0) return word("find.none", { text });
  return listed < count ? word("find.more", { n: listed, of: count }) : word("find.some", { n: count });
}

function set(element: Element, attributes: Record<string, string>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
}
