// Letters without what typing leaves out: case, and the signs above and below them.

const signs = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0640]/g;
const others: Record<string, string> = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ" };

// isPlain reports whether a text has only letters and signs of ASCII.
export function isPlain(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

// bare folds a text for comparison.
export function bare(text: string): string {
  if (isPlain(text)) return text.toLowerCase();
  const plain = text.normalize("NFKD").toLowerCase().replace(signs, "");
  return plain.replace(/[ßæœøđðþłıς]/g, (letter) => others[letter] ?? letter);
}
