// A click on a permalink (<a class="permalink" href="#id">) also copies its address.

import { announce, word } from "./words";

// copyLinks makes permalinks copy themselves where the browser lets pages do so.
export function copyLinks(): void {
  if (!navigator.clipboard) return;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element | null)?.closest<HTMLAnchorElement>("a.permalink");
    if (!link) return;
    navigator.clipboard.writeText(link.href).then(
      () => announce(word("copied")),
      () => undefined, // not permitted: the address bar has it
    );
  });
}
