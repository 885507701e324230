package render

import (
	"math"

	"uptree/generator/report"
)

// axis is the scale of the values, shared by the SVG and the interactive chart.
type axis struct{ lo, hi, step float64 }

// axisTicks is how many steps an axis has at most, or one more.
const axisTicks = 4

// newAxis returns a scale on round steps that holds every value, the target and the usual
// range. It begins at zero, except for lines of shares.
func newAxis(c *report.Chart) axis {
	if c.Scale != nil {
		return axis{c.Scale.Low, c.Scale.High, (c.Scale.High - c.Scale.Low) / 2}
	}
	lo, hi := valueRange(c)
	if c.Kind == report.ChartBurndown {
		hi = max(hi, 1)
	}
	if c.Kind != report.ChartLine || c.Unit != report.ChartPercent {
		lo, hi = min(lo, 0), max(hi, 0)
	}
	switch size := max(math.Abs(lo), math.Abs(hi)); {
	case lo > hi: // no values
		lo, hi = 0, 1
	case hi-lo > 1e-6*size && hi > lo:
	case lo == 0:
		hi = 1
	default:
		lo = hi - 0.01*max(size, 1e-3)
	}
	step := niceStep((hi-lo)/axisTicks, c.Unit)
	lo, hi = math.Floor(lo/step+1e-9)*step, math.Ceil(hi/step-1e-9)*step
	return axis{lo, max(hi, lo+step), step}
}

// valueRange returns the least and the greatest height that the chart draws; lo > hi where
// there is none.
func valueRange(c *report.Chart) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	include := func(v float64) { lo, hi = min(lo, v), max(hi, v) }
	for point := range c.X {
		up, down := 0.0, 0.0
		for series := range c.Series {
			v, ok := c.Value(series, point)
			switch v = drawable(v); {
			case !ok:
			case c.Kind != report.ChartStacked:
				include(v)
			case v >= 0:
				up += v
				include(up)
			default:
				down += v
				include(down)
			}
		}
	}
	if c.Target != nil && finite(*c.Target) {
		include(drawable(*c.Target))
	}
	if c.Band != nil && finite(c.Band.Low) && finite(c.Band.High) {
		include(drawable(c.Band.Low))
		include(drawable(c.Band.High))
	}
	return lo, hi
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// drawable keeps sums and differences of a few values finite.
func drawable(v float64) float64 { return max(-1e300, min(v, 1e300)) }

// durationSteps are the round lengths of time in seconds, up to a day.
var durationSteps = []float64{1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400}

// niceStep returns the smallest round step that is not below the given one.
func niceStep(least float64, unit report.ChartUnit) float64 {
	switch unit {
	case report.ChartDuration:
		for _, step := range durationSteps {
			if step >= least {
				return step
			}
		}
		return max(1, decimalStep(least/86400)) * 86400
	case report.ChartCount:
		return max(1, decimalStep(least))
	}
	return decimalStep(max(least, 1e-9))
}

// decimalStep returns the smallest 1, 2 or 5 times a power of ten that is not below v.
func decimalStep(v float64) float64 {
	if v < 1e-12 {
		return 1e-12
	}
	power := math.Pow10(int(math.Floor(math.Log10(v))))
	for _, m := range [...]float64{1, 2, 5} {
		if m*power >= v*(1-1e-9) {
			return m * power
		}
	}
	return 10 * power
}

// ticks lists the multiples of the step from lo to hi.
func (a axis) ticks() []float64 {
	n := int(math.Round((a.hi - a.lo) / a.step))
	ticks := make([]float64, 0, n+1)
	for i := range n + 1 {
		v := a.lo + float64(i)*a.step
		if math.Abs(v) < a.step*1e-6 {
			v = 0
		}
		ticks = append(ticks, v)
	}
	return ticks
}
