package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// readGates reads the tables [gate.<id>], in the order of the file.
func readGates(named []section, periods []Period) []model.Gate {
	var out []model.Gate
	for _, s := range named {
		g := model.Gate{ID: s.Name(), Title: s.Name(), At: model.GatePlaces{
			Gate: s.Pos(""), Metric: s.ValuePos("metric"), Node: s.ValuePos("node"), Part: s.ValuePos("part"),
		}}
		if title, ok := s.text("title"); ok {
			g.Title = title
		}
		s.require("metric", `"uptree list metrics" prints them`)
		g.Metric, _ = s.text("metric")
		g.Node, _ = s.text("node")
		g.Part, _ = s.text("part")
		g.Period = s.oneOf("period", periodNames(periods))
		g.Max, g.Min = s.bound("max"), s.bound("min")
		switch {
		case !s.Has("max") && !s.Has("min") && !s.partial:
			s.Report(diag.MissingKey, "", s.Label()+" needs a bound", `write max = or min =, as a number, a duration such as "4h" or a share such as "99.5%"`)
		case g.Max != nil && g.Min != nil && g.Max.Value < g.Min.Value:
			s.Report(diag.ConflictingKeys, "max", "max is below min: nothing can be between", "")
		}
		out = append(out, g)
	}
	return out
}

func periodNames(periods []Period) []string {
	var out []string
	for _, p := range periods {
		out = append(out, p.Name)
	}
	return out
}

// bound reads a number, a duration or a share; nil where there is none that can be used.
func (s section) bound(key string) *model.Bound {
	b := &model.Bound{At: s.ValuePos(key)}
	if !s.Has(key) {
		return nil
	}
	if s.Kind(key) != aString {
		if !s.Float(key, &b.Value) {
			return nil // reported
		}
		return b
	}
	text, ok := s.text(key)
	if !ok {
		return nil
	}
	if percent, isShare := strings.CutSuffix(strings.TrimSpace(text), "%"); isShare {
		if v, err := parseShare(strings.TrimSpace(percent)); err == nil && v >= 0 && v <= 1 {
			b.Value, b.Kind = v, model.ShareBound
			return b
		}
		s.Report(diag.OutOfRange, key, fmt.Sprintf("%s: %q is not a share", key, text), `write it like "99.5%"`)
		return nil
	}
	var d time.Duration
	if !s.Duration(key, &d) {
		return nil // reported
	}
	b.Value, b.Kind = d.Seconds(), model.DurationBound
	return b
}

// parseShare reads a number of per cent as the nearest fraction: 99.9 is 0.999, which a
// division by 100 would miss.
func parseShare(percent string) (float64, error) {
	if !strings.ContainsFunc(percent, func(r rune) bool { return r >= '0' && r <= '9' }) || strings.ContainsAny(percent, "eExXpP_") {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(percent+"e-2", 64)
}
