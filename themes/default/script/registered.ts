// Scripts at the site's root that register what no page holds as a whole: tree.js the org
// chart, search.js what can be found beside it. They are brought in when somebody asks, once,
// because pages fetch nothing and work from a file share.

// Org is what tree.js registers: the nodes in preorder.
export interface Org {
  kinds: string[];
  nodes: [depth: number, title: string, segment: string, kind?: number, waiting?: number][];
}

// Search is what search.js registers. Things are counted through: first the nodes of Org,
// then the items of the groups; on is the number of what an item belongs to, or -1. The
// address of an item is the group's with the segment in the place of *.
export interface Search {
  words: Record<string, string>;
  former: [node: number, ...names: string[]][];
  groups: { kind: string; at: string; items: [title: string, segment: string, on: number, ...names: string[]][]; ended: number[] }[];
}

interface Registered {
  tree: Org;
  search: Search;
}

// root is the address of the site's root: the script that runs lies one folder below it.
export const root = new URL("..", (document.currentScript as HTMLScriptElement).src).href;

// registered brings in tree.js or search.js; undefined where that fails.
export function registered<N extends keyof Registered>(name: N): Promise<Registered[N] | undefined> {
  const known = () => (window as { uptree?: Partial<Registered> }).uptree?.[name];
  if (known()) return Promise.resolve(known());
  return new Promise((done) => {
    const script = document.createElement("script");
    script.src = `${root}${name}.js`;
    script.addEventListener("load", () => done(known()));
    script.addEventListener("error", () => done(undefined));
    document.head.append(script);
  });
}

// nodeAddress is the address of a node's page.
export function nodeAddress(org: Org, node: number): string {
  return node === 0 ? `${root}index.html` : `${root}org/${org.nodes[node]?.[2] ?? ""}/index.html`;
}
