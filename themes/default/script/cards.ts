// Tables whose rows become cards on a phone: each cell is told the head of its column, which
// the style sheet writes before it. Pages do not carry them: they would stand in every cell.

// cards prepares every such table of the page.
export function cards(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table.stack")) {
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent ?? "");
    for (const row of table.tBodies[0]?.rows ?? []) {
      for (const cell of row.cells) cell.dataset.l = heads[cell.cellIndex] ?? "";
    }
    table.classList.add("cards-of");
  }
}
