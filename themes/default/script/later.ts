// What a page says about the periods that it does not show is a script beside it, periods.js,
// which the first choice of another period brings in: pages fetch nothing and work from a
// file share.

// Later is what periods.js registers as window.uptree.later: by tile its markup, by figure
// its chart, each by the name of the period.
export interface Later {
  tiles: Record<string, Record<string, string>>;
  charts: Record<string, Record<string, unknown>>;
}

// withLater calls done once what periods.js holds is on the page; never where there is none.
export function withLater(done: () => void): void {
  if (window.uptree?.later) {
    done();
    return;
  }
  const script = document.createElement("script");
  script.src = "periods.js";
  script.addEventListener("load", () => {
    placeTiles(window.uptree?.later?.tiles ?? {});
    done();
  });
  document.head.append(script);
}

// placeTiles puts the other periods of each tile beside the one that it shows. Their markup
// is the page's own, escaped as the rest of it.
function placeTiles(tiles: Later["tiles"]): void {
  for (const [id, periods] of Object.entries(tiles)) {
    const shown = document.getElementById(id)?.querySelector("[data-for]");
    for (const [period, html] of Object.entries(periods)) {
      const block = document.createElement("div");
      block.className = "now";
      block.dataset.for = period;
      block.hidden = true;
      block.innerHTML = html;
      shown?.after(block);
    }
  }
}
