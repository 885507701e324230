// The key / leads to the search from anywhere on a page. Speech and other ways to type may
// give it by accident, so that a reader can turn it off.

import { word } from "./words";

const storageKey = "uptree:slash";

// Slash is the key: its sign beside the field, and the button that turns it off and on.
export class Slash {
  readonly sign = document.createElement("kbd");
  readonly button = document.createElement("button");
  private off = remembered();
  private from: { element: Element | null; y: number } | undefined;

  constructor(private readonly field: HTMLInputElement) {
    this.sign.textContent = "/";
    this.sign.setAttribute("aria-hidden", "true");
    this.button.type = "button";
    this.button.hidden = true;
    this.button.addEventListener("click", () => this.turn());
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.tell();
  }

  // tell says whether the key is on. The button has its words once search.js is there.
  tell(worded = !this.button.hidden): void {
    this.sign.hidden = this.off;
    this.button.hidden = !worded;
    this.button.textContent = worded ? word(this.off ? "find.key_on" : "find.key_off") : "";
    if (this.off) this.field.removeAttribute("aria-keyshortcuts");
    else this.field.setAttribute("aria-keyshortcuts", "/");
  }

  // back goes to where the key was pressed.
  back(): void {
    const { element, y } = this.from ?? {};
    this.from = undefined;
    this.field.blur();
    if (element instanceof HTMLElement && element !== document.body) element.focus({ preventScroll: true });
    if (y !== undefined) scrollTo({ top: y, behavior: "instant" });
  }

  private turn(): void {
    this.off = !this.off;
    try {
      localStorage.setItem(storageKey, this.off ? "off" : "on");
    } catch {
      // It is so on this page alone.
    }
    this.tell();
  }

  private onKey(event: KeyboardEvent): void {
    const at = event.target as HTMLElement;
    if (this.off || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
    event.preventDefault();
    this.from = { element: document.activeElement, y: scrollY };
    this.field.focus();
    this.field.select();
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(storageKey) === "off";
  } catch {
    return false;
  }
}
