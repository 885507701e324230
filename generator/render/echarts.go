package render

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"uptree/generator/report"
)

// Skeletons returns a script that registers the options of every interactive chart kind
// as window.uptree.skeletons, by the kind's name. They hold no data: the theme's script
// adds the rows of a figure, its classes' colours and the formatter of its unit.
//
// go-echarts builds the options and nothing more: its renderers write scripts and
// addresses of other hosts. The palette that it adds is dropped, because the page's
// style sheet decides colours.
func Skeletons() ([]byte, error) {
	skeletons := make(map[string]json.RawMessage)
	for _, spec := range report.ChartKinds {
		if !spec.Interactive {
			continue
		}
		option, err := skeleton(spec.Kind)
		if err != nil {
			return nil, fmt.Errorf("building the chart option %q: %w", spec.Name, err)
		}
		skeletons[spec.Name] = option
	}
	script, err := json.Marshal(skeletons)
	if err != nil {
		return nil, fmt.Errorf("writing the chart options: %w", err)
	}
	script = append([]byte("(window.uptree=window.uptree||{}).skeletons="), script...)
	return append(script, ";\n"...), nil
}

// functionMarker is what go-echarts writes around code. Nothing here may hold code.
var functionMarker = []byte("__f__")

func skeleton(kind report.ChartKind) (json.RawMessage, error) {
	option := skeletonOf(kind)
	for _, name := range []string{"color", "title", "toolbox", "legend"} {
		delete(option, name)
	}
	raw, err := json.Marshal(option)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(raw, functionMarker) {
		return nil, fmt.Errorf("it holds a function")
	}
	return raw, nil
}

// skeletonOf builds the option of a kind with one series, which the script repeats.
func skeletonOf(kind report.ChartKind) map[string]any {
	switch kind {
	case report.ChartCalendar, report.ChartDays:
		c := charts.NewHeatMap()
		c.SetGlobalOptions(frame("item")...)
		c.AddCalendar(&opts.Calendar{
			Left: "40", Right: "10", Top: "24", Bottom: "4", CellSize: "auto", Orient: "horizontal",
			YearLabel: &opts.CalendarLabel{Show: opts.Bool(false)},
		})
		c.AddSeries("", nil, charts.WithCoordinateSystem("calendar"))
		c.Validate()
		return c.JSON()
	case report.ChartSankey:
		c := charts.NewSankey()
		c.SetGlobalOptions(frame("item")...)
		c.AddSeries("", nil, nil)
		c.Validate()
		return c.JSON()
	case report.ChartLine, report.ChartBurndown:
		c := charts.NewLine()
		c.SetGlobalOptions(frame("axis")...)
		c.AddSeries("", nil, charts.WithLineChartOpts(opts.LineChart{ConnectNulls: opts.Bool(false), Symbol: "circle"}))
		c.Validate()
		return c.JSON()
	}
	if kind == report.ChartDots {
		c := charts.NewScatter()
		c.SetGlobalOptions(frame("item")...)
		c.AddSeries("", nil)
		c.Validate()
		return c.JSON()
	}
	bar := opts.BarChart{BarCategoryGap: "34%"}
	if kind == report.ChartStacked {
		bar.Stack = "total"
	}
	c := charts.NewBar()
	c.SetGlobalOptions(frame("axis")...)
	c.AddSeries("", nil, charts.WithBarChartOpts(bar))
	c.Validate()
	return c.JSON()
}

// frame is what all kinds share. Tooltips are drawn, not written as HTML, because their
// markup would need inline styles.
func frame(trigger string) []charts.GlobalOpts {
	return []charts.GlobalOpts{
		charts.WithInitializationOpts(opts.Initialization{ChartID: "chart", Theme: "none"}),
		charts.WithTooltipOpts(opts.Tooltip{Show: opts.Bool(true), Trigger: trigger}),
		charts.WithAriaOpts(&opts.Aria{Enabled: opts.Bool(true), Decal: &opts.AriaDecal{Show: opts.Bool(true)}}),
		charts.WithGridOpts(opts.Grid{Left: "8", Right: "16", Top: "32", Bottom: "8", ContainLabel: opts.Bool(true)}),
		charts.WithXAxisOpts(opts.XAxis{Type: "category"}),
		charts.WithYAxisOpts(opts.YAxis{Type: "value"}),
	}
}
