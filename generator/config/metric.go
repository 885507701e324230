package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"uptree/generator/diag"
	"uptree/generator/model"
)

// betters are the values of better.
var betters = []string{"lower", "higher", "neither"}

// maxPer bounds per.
const maxPer = 1_000_000_000

// metricID is what the id of a metric looks like: it stands in addresses, in questions and
// in documents as it is.
var metricID = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// readMetrics reads the tables [metric.<id>], in the order of the file.
func readMetrics(named []section) []model.OwnMetric {
	var out []model.OwnMetric
	for _, s := range named {
		m := s.metric()
		if !metricID.MatchString(m.ID) {
			s.Report(diag.OutOfRange, "", fmt.Sprintf("%q cannot be the id of a metric", m.ID), "a small letter, then small letters, digits and _")
			continue
		}
		out = append(out, m)
	}
	return out
}

func (s section) metric() model.OwnMetric {
	m := model.OwnMetric{
		ID: s.Name(), Title: s.Name(), Better: cmp.Or(s.oneOf("better", betters), "neither"), Per: 1, At: s.Pos(""),
		Introduced: s.day("introduced"), Retired: s.day("retired"), ReviewBy: s.day("review_by"),
	}
	if title, ok := s.text("title"); ok {
		m.Title = title
	}
	m.By, _ = s.text("by")
	m.Formula, _ = s.text("formula")
	m.Doc, _ = s.text("doc")
	s.require("operator", `one of sum, set, ratio, latest and distribution`)
	m.Operator = model.OwnOperator(max(0, slices.Index(model.OwnOperators, s.oneOf("operator", model.OwnOperators))))
	if m.By != "" && m.Operator == model.OwnDistribution {
		s.Report(diag.ConflictingKeys, "by", "distributions are not broken down", "one metric for each, or the operator sum")
	}
	s.unit(&m)
	if m.Introduced != model.NoDay && m.Retired != model.NoDay && m.Retired <= m.Introduced {
		s.Report(diag.ConflictingKeys, "retired", "retired before it was introduced", "")
	}
	m.Changes = s.redefinitions()
	return m
}

// unit reads unit and per.
func (s section) unit(m *model.OwnMetric) {
	if m.Unit = "1"; m.Operator == model.OwnRatio {
		m.Unit = "ratio"
	}
	if unit, ok := s.text("unit"); ok {
		m.Unit = unit
	}
	switch ratio := m.Operator == model.OwnRatio; {
	case m.Unit == "currency":
		s.Report(diag.OutOfRange, "unit", `unit: "currency" is none`, `name it: "EUR"`)
	case m.Unit == "ratio" && !ratio:
		s.Report(diag.ConflictingKeys, "unit", `per cent are of operator = "ratio"`, "")
	case s.Has("per") && (!ratio || m.Unit == "ratio"):
		s.Report(diag.ConflictingKeys, "per", `per is for operator = "ratio" with a unit of its own`, `as in unit = "contacts per 1000 orders"`)
	case s.Has("per"):
		m.Per = max(1, int64(s.count("per", maxPer)))
	}
}

// redefinitions reads changes, by their days.
func (s section) redefinitions() (out []model.Redefinition) {
	for _, t := range s.Array("changes") {
		v := section{t, s.partial}
		v.checkKeys(redefinedTable)
		v.require("on", `as in { on = 2026-03-01, what = "counted per order" }`)
		v.require("what", `as in { on = 2026-03-01, what = "counted per order" }`)
		what, _ := v.text("what")
		if day := v.day("on"); day != model.NoDay && what != "" {
			out = append(out, model.Redefinition{On: day, What: what})
		}
	}
	slices.SortStableFunc(out, func(a, b model.Redefinition) int { return cmp.Compare(a.On, b.On) })
	return out
}
