// Words of the pages. The script holds no language of its own: assets/words.js, made from
// the theme's words.toml, registers them as window.uptree.words, {"key": "text"}. {n} and
// {name} in a text are replaced.
//
// Keys of site.js:    age.now, age.minutes, age.hours, age.days ("{n} h ago"),
//                     newer ("load the page again"), copied, link ("link to {title}"),
//                     find.missing; search.js brings the other texts of the search
// Keys of charts.js:  chart.keys (how to step through the points), chart.missing,
//                     chart.target, chart.median, chart.p90, chart.csv, chart.svg (buttons), chart.date (heading of
//                     the first column), chart.under ("under {name}"),
//                     chart.months (12, separated by spaces, January first),
//                     chart.weekdays (7, separated by spaces, Sunday first)

// jsonBlock reads a JSON block of the page; undefined where it is absent or broken.
export function jsonBlock<T>(block: Element | null): T | undefined {
  try {
    return block?.textContent ? (JSON.parse(block.textContent) as T) : undefined;
  } catch {
    return undefined;
  }
}

// word returns a text with its arguments put in; the key itself where it is missing.
export function word(key: string, args: Record<string, string | number> = {}): string {
  const text = window.uptree?.words?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

// addWords adds texts that a script brought in.
export function addWords(more: Record<string, string>): void {
  const uptree = (window.uptree ??= {});
  uptree.words = { ...uptree.words, ...more };
}

// wordList splits a text that is a list of words.
export function wordList(key: string): string[] {
  return word(key).split(/\s+/);
}

let region: HTMLElement | undefined;

// announce tells screen readers what has changed.
export function announce(text: string): void {
  if (!region) {
    region = document.createElement("div");
    region.className = "announce";
    region.setAttribute("aria-live", "polite");
    document.body.append(region);
  }
  region.textContent = text;
}
