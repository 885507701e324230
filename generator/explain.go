package generator

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"uptree/generator/diag"
	"uptree/generator/model"
	"uptree/generator/rollup"
)

// Explanation is how a figure was computed: all that there is to say about it.
type Explanation struct {
	Subject rollup.Subject
	Title   string // of the subject
	Period  rollup.Period
	Metric  *rollup.Metric
	Cell    *rollup.Cell
	Records []rollup.Record
	Listed  bool // the metric can list its records
	Sources []model.SourceInfo
	Model   *model.Model
}

// Question is a figure that is asked for.
type Question struct {
	Subject string // the id of a node, or service:ID or journey:ID
	Metric  string
	Period  string // "": the site's default
}

// AskQuestion reads node/metric[@period]; ids may hold slashes, metrics do not.
func AskQuestion(text string) (Question, bool) {
	text, period, _ := strings.Cut(text, "@")
	at := strings.LastIndexByte(text, '/')
	if at <= 0 || at == len(text)-1 {
		return Question{}, false
	}
	return Question{text[:at], text[at+1:], period}, true
}

// UnknownError says which part of a question names nothing, and what may be meant.
type UnknownError struct{ What, Given, Hint string }

func (e *UnknownError) Error() string {
	text := fmt.Sprintf("there is no %s %q", e.What, e.Given)
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// Figures are those of a site that was computed and not published.
type Figures struct {
	cube   *rollup.Cube
	period int // the default one
}

// Compute reads and computes the site and publishes nothing. The figures are nil where there
// is no site to be computed.
func Compute(ctx context.Context, o Options) (*Figures, *Result, diag.List, error) {
	o.CheckOnly = true
	b := &build{o: o, began: time.Now(), result: &Result{}}
	b.openStore()
	defer b.store.Close()
	c, err := b.compose(ctx)
	if err != nil || c == nil {
		return nil, b.result, b.leveled().Sorted(), err
	}
	return &Figures{c.cube, b.site.DefaultPeriod()}, b.result, b.leveled().Sorted(), nil
}

// Explain answers a question; the error, an UnknownError, is about the question.
func (f *Figures) Explain(q Question) (*Explanation, error) {
	m := f.cube.Model
	subject, title, err := asked(m, q.Subject)
	if err != nil {
		return nil, err
	}
	metric, period := f.cube.Metric(q.Metric), f.period
	if metric < 0 {
		return nil, &UnknownError{"metric", q.Metric, nearest(q.Metric, f.cube.Metrics, func(m *rollup.Metric) string { return m.ID })}
	}
	if q.Period != "" {
		if period, err = periodNamed(f.cube.Periods, q.Period); err != nil {
			return nil, err
		}
	}
	e := &Explanation{
		Subject: subject, Title: title, Period: f.cube.Periods[period], Metric: &f.cube.Metrics[metric],
		Cell: &f.cube.Stats(subject)[metric][period], Model: m,
	}
	e.Records, e.Listed = f.cube.Records(subject, metric, period)
	for i := range m.Sources {
		if slices.Contains(m.Sources[i].Datasets, e.Metric.Dataset) {
			e.Sources = append(e.Sources, m.Sources[i])
		}
	}
	return e, nil
}

func periodNamed(periods []rollup.Period, name string) (int, error) {
	var names []string
	for i := range periods {
		if periods[i].Name == name {
			return i, nil
		}
		names = append(names, periods[i].Name)
	}
	return 0, &UnknownError{"period", name, "there are " + strings.Join(names, ", ")}
}

// asked finds the subject of a question.
func asked(m *model.Model, text string) (s rollup.Subject, title string, err error) {
	kind, id, named := strings.Cut(text, ":")
	switch {
	case named && kind == "service":
		if i, ok := m.Service(id); ok {
			return rollup.OfService(i), m.Services[i].Title, nil
		}
		return s, "", &UnknownError{"service", id, nearest(id, m.Services, func(s *model.Service) string { return s.ID })}
	case named && kind == "journey":
		if i, ok := m.Journey(id); ok {
			return rollup.OfJourney(i), m.Journeys[i].Title, nil
		}
		return s, "", &UnknownError{"journey", id, nearest(id, m.Journeys, func(j *model.Journey) string { return j.ID })}
	}
	id = strings.TrimPrefix(text, "node:")
	if i, ok := m.Node(id); ok {
		return rollup.OfNode(i), m.Nodes[i].Title, nil
	}
	return s, "", &UnknownError{"node", id, nearest(id, m.Nodes, func(n *model.Node) string { return n.ID })}
}

func nearest[T any](id string, all []T, name func(*T) string) string {
	var ids []string
	for i := range all {
		ids = append(ids, name(&all[i]))
	}
	return diag.DidYouMean(id, ids)
}
