// Colours of the page's style sheet (chart.css), so that both layers and dark mode agree.

// Palette is what a chart is drawn with.
export interface Palette {
  ink: string;
  mute: string;
  line: string;
  surface: string;
  band: string;
  levels: string[];
  of: (name: string) => string;
}

// paletteOf reads the custom properties that hold at an element.
export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const of = (name: string) => style.getPropertyValue("--chart-" + name).trim() || style.color;
  return {
    ink: of("ink"),
    mute: of("mute"),
    line: of("line"),
    surface: of("surface"),
    band: of("band"),
    levels: [0, 1, 2, 3, 4].map((level) => of("level" + level)),
    of,
  };
}

// decalOf is the pattern of a class, told apart by more than its colour as in the SVG.
export function decalOf(name: string, palette: Palette): object {
  const lines = { symbol: "rect", color: palette.of(name + "-lines"), symbolSize: 1 };
  switch (name) {
    case "acknowledge":
      return { ...lines, dashArrayX: [1.5, 3], dashArrayY: [1, 0], rotation: 0 };
    case "mitigate":
      return { ...lines, dashArrayX: [1, 0], dashArrayY: [1.5, 3], rotation: 0 };
    case "unrecorded":
      return { ...lines, dashArrayX: [1, 0], dashArrayY: [1.5, 4], rotation: -Math.PI / 4 };
    case "several":
      return { ...lines, dashArrayX: [2.5, 3], dashArrayY: [2.5, 3], rotation: 0 };
  }
  return { symbol: "rect", color: "transparent" };
}
