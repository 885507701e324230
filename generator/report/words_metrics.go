package report

import (
	"slices"
	"strings"

	"uptree/generator/rollup"
)

// metricTexts are what words.toml may say of a metric in place of the program's own, each in
// a table of that name: [metric_title] incident_time = "…".
var metricTexts = []struct {
	table string
	of    func(*rollup.Metric) *string
}{
	{"metric_title", func(m *rollup.Metric) *string { return &m.Title }},
	{"metric_formula", func(m *rollup.Metric) *string { return &m.Formula }},
	{"metric_doc", func(m *rollup.Metric) *string { return &m.Doc }},
	{"metric_caveat", func(m *rollup.Metric) *string { return &m.Caveat }},
}

// metricSpec is the row of a metric's text or of a dimension; nil for a sentence that is
// neither, or of a metric that the program does not have.
func metricSpec(key Word) *wordSpec {
	table, id, _ := strings.Cut(string(key), ".")
	if table == dimensionTable && slices.ContainsFunc(rollup.Metrics, func(m rollup.Metric) bool { return slices.Contains(m.By, id) }) {
		return &wordSpec{key: key}
	}
	for _, t := range metricTexts {
		if t.table == table && slices.ContainsFunc(rollup.Metrics, func(m rollup.Metric) bool { return m.ID == id }) {
			return &wordSpec{key: key}
		}
	}
	return nil
}

// dimensionTable is the table of words.toml for what metrics are broken down by.
const dimensionTable = "dimension"

// dimension is a dimension in the site's words; as it is called without them.
func (w *Words) dimension(name string) string {
	if key := Word(dimensionTable + "." + name); len(w.sentences[key].other) > 0 {
		return w.Plain(say(key))
	}
	return strings.ReplaceAll(name, "_", " ")
}

// Metrics returns the metrics with their texts in the site's words.
func (w *Words) Metrics(all []rollup.Metric) []rollup.Metric {
	out := slices.Clone(all)
	for i := range out {
		for _, t := range metricTexts {
			key := Word(t.table + "." + out[i].ID)
			if _, ok := w.sentences[key]; ok {
				*t.of(&out[i]) = w.Plain(say(key))
			}
		}
	}
	return out
}
