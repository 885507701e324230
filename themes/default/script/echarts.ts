// The parts of ECharts that figures use, and no more: each one costs bytes on every page.

import { BarChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  CalendarComponent,
  DatasetComponent,
  GridComponent,
  MarkAreaComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
} from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

export type { EChartsType };

// create starts a chart in an element; it is drawn as SVG, which stays sharp in print.
export function create(host: HTMLElement): EChartsType {
  use([
    LineChart, BarChart, HeatmapChart, SankeyChart, ScatterChart, GridComponent, CalendarComponent, DatasetComponent, TooltipComponent,
    AriaComponent, MarkLineComponent, MarkAreaComponent, VisualMapPiecewiseComponent, SVGRenderer,
  ]);
  return init(host, null, { renderer: "svg" });
}
