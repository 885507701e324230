package source

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	v1 "github.com/prometheus/client_golang/api/prometheus/v1"
	prom "github.com/prometheus/common/model"

	"uptree/generator/config"
	"uptree/generator/model"
)

// promFetch asks one source of kind prometheus: run by run of buckets, and query by query
// in each.
//
// What it gives are JSON Lines: for each set of labels and each bucket one object of the
// labels, the value of each query under its field, and when: "day" for buckets of a day,
// "start" and "end" for shorter ones, "day" and "time" for an instant query. A value stands
// for the bucket that ends at its moment, so that of a midnight belongs to the day before.
// A label that has the name of another key has "label_" before it. NaN, the infinities and
// gaps give no object.
type promFetch struct {
	config.Prometheus
	job    *job
	client *promClient
	api    v1.API
	fields []string // of the queries, sorted
	cal    *model.Calendar
	out    *json.Encoder

	moments, gaps int // moments with a value of any query; those of them without one of each
}

// fetchPrometheus is the connector of kind prometheus.
func fetchPrometheus(ctx context.Context, j *job) (*Copy, error) {
	client, err := newPromClient(j)
	if err != nil {
		return nil, err
	}
	asked := j.source.Prometheus
	p := &promFetch{
		Prometheus: asked, job: j, client: client, api: v1.NewAPI(client),
		fields: slices.Sorted(maps.Keys(asked.Queries)), cal: model.NewCalendar(asked.Zone),
	}
	file, err := j.room.create(j.source.Name)
	if err != nil {
		return nil, err
	}
	plain := &masking{to: file, secrets: j.secrets}
	out := bufio.NewWriter(plain)
	p.out = json.NewEncoder(out)
	p.out.SetEscapeHTML(false) // it would hide secrets from masking
	if err := errors.Join(p.fetch(ctx), out.Flush(), plain.flush()); err != nil {
		file.discard()
		return nil, err
	}
	blob, err := file.blob(j.asOf)
	return &Copy{Blobs: []Blob{blob}, FetchedAt: j.asOf, Warnings: append(p.missed(), client.said...)}, err
}

func (p *promFetch) fetch(ctx context.Context) error {
	if p.Instant {
		return p.gather(ctx, run{end: model.Time(p.job.asOf.Unix()), n: 1})
	}
	left := p.runs()
	if p.job.sample && len(left) > 0 {
		left = left[len(left)-1:]
	}
	for len(left) > 0 {
		r := left[0]
		err := p.gather(ctx, r)
		switch {
		case err == nil:
			left = left[1:]
		case errors.Is(err, errLongAnswer) && r.n > 1:
			left = append(r.halves(), left[1:]...)
		default:
			return err
		}
	}
	return nil
}

// runs is all that is asked for.
func (p *promFetch) runs() []run {
	most := config.MaxPoints
	if window := p.client.asks.Window; window > 0 {
		most = min(most, max(int(window/p.Step), 1))
	}
	until := p.job.asOf
	return cutRuns(p.cal, model.Time(until.Add(-p.client.asks.Since).Unix()), model.Time(until.Unix()), p.Step, most)
}

// series is what the queries give for one set of labels.
type series struct {
	labels prom.Metric
	values [][]prom.SamplePair // by field, in order of time
}

// gather asks all queries for a run and writes what they give.
func (p *promFetch) gather(ctx context.Context, r run) error {
	all := map[string]*series{}
	for i := range p.fields {
		matrix, err := p.ask(ctx, i, r)
		if err != nil {
			return err
		}
		for _, stream := range matrix {
			if err := p.put(all, i, stream, r); err != nil {
				return err
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if err := p.write(all[key], r); err != nil {
			return err
		}
	}
	return nil
}

// ask asks the i-th query for a run, for an instant if the run has no length.
func (p *promFetch) ask(ctx context.Context, i int, r run) (prom.Matrix, error) {
	query := p.Query(p.fields[i], r.step)
	var value prom.Value
	var warnings v1.Warnings
	var err error
	if r.step == 0 {
		value, warnings, err = p.api.Query(ctx, query, r.first())
	} else {
		value, warnings, err = p.api.QueryRange(ctx, query, v1.Range{Start: r.first(), End: r.last(), Step: r.step})
	}
	p.client.hear(warnings)
	if err != nil {
		return nil, p.client.queryFault(ctx, p.called(i), err)
	}
	switch v := value.(type) {
	case prom.Matrix:
		return v, nil
	case prom.Vector:
		return streams(v), nil
	case *prom.Scalar:
		return prom.Matrix{{Values: []prom.SamplePair{{Timestamp: v.Timestamp, Value: v.Value}}}}, nil
	}
	return nil, &fault{text: p.called(i) + " gives no numbers"}
}

// streams makes series of one value each.
func streams(v prom.Vector) prom.Matrix {
	var out prom.Matrix
	for _, s := range v {
		stream := &prom.SampleStream{Metric: s.Metric}
		if s.Histogram != nil {
			stream.Histograms = []prom.SampleHistogramPair{{Timestamp: s.Timestamp, Histogram: s.Histogram}}
		} else {
			stream.Values = []prom.SamplePair{{Timestamp: s.Timestamp, Value: s.Value}}
		}
		out = append(out, stream)
	}
	return out
}

// put adds what the i-th query gives for some labels to those of the others. Queries of
// several metrics are of one thing where all but the metric's name agrees.
func (p *promFetch) put(all map[string]*series, i int, stream *prom.SampleStream, r run) error {
	if len(p.fields) > 1 {
		delete(stream.Metric, prom.MetricNameLabel)
	}
	if len(stream.Histograms) > 0 {
		return &fault{text: p.called(i) + " gives histograms where numbers are expected", hint: "histogram_count, histogram_sum and histogram_quantile make numbers of them"}
	}
	if !r.covers(stream.Values) {
		return &fault{text: p.called(i) + " gives values of other moments than those it was asked for", hint: "a query gives one value for each moment: sum, increase or avg_over_time, say"}
	}
	key := stream.Metric.String()
	if all[key] == nil {
		all[key] = &series{stream.Metric, make([][]prom.SamplePair, len(p.fields))}
	}
	if all[key].values[i] != nil {
		return &fault{text: p.called(i) + " gives several series of the same labels", hint: "sum by (…) makes one of them"}
	}
	all[key].values[i] = stream.Values
	return nil
}

// write writes the moments at which each of the queries has a value: a count of failures
// that is missing is not zero.
func (p *promFetch) write(s *series, r run) error {
	record := p.labelled(s.labels)
	left := slices.Clone(s.values)
	for {
		at, complete := p.take(left, record)
		switch {
		case at == prom.Latest:
			return nil
		case !complete:
			continue
		}
		p.date(record, r, model.Time(at.Unix()))
		if err := p.out.Encode(record); err != nil {
			return err
		}
	}
}

// take takes the earliest values off the queries into a record, which is complete where
// each query has one. At the end the moment is prom.Latest.
func (p *promFetch) take(left [][]prom.SamplePair, record map[string]any) (at prom.Time, complete bool) {
	at, complete = prom.Latest, true
	for _, values := range left {
		if len(values) > 0 && values[0].Timestamp < at {
			at = values[0].Timestamp
		}
	}
	some := false
	for i, values := range left {
		if len(values) == 0 || values[0].Timestamp != at {
			complete = false
			continue
		}
		value := float64(values[0].Value)
		left[i] = values[1:]
		if math.IsNaN(value) || math.IsInf(value, 0) {
			complete = false
			continue
		}
		some, record[p.fields[i]] = true, value
	}
	if some {
		p.moments++
		if !complete {
			p.gaps++
		}
	}
	return at, complete
}

// date says when a record was measured.
func (p *promFetch) date(record map[string]any, r run, at model.Time) {
	switch {
	case p.Instant:
		record["day"], record["time"] = p.cal.DayAt(at).String(), timestamp(at)
	case p.Step == config.Day:
		record["day"] = p.cal.DayAt(at - 1).String()
	default:
		record["start"], record["end"] = timestamp(at-r.seconds()), timestamp(at)
	}
}

func timestamp(t model.Time) string { return time.Unix(int64(t), 0).UTC().Format(time.RFC3339) }

// labelled begins a record with the labels, under names that leave the other keys free.
func (p *promFetch) labelled(labels prom.Metric) map[string]any {
	record := map[string]any{}
	for name, value := range labels {
		key := string(name)
		for slices.Contains(config.RecordTimes, key) || slices.Contains(p.fields, key) {
			key = "label_" + key
		}
		record[key] = string(value)
	}
	return record
}

// missed warns of moments that are left out.
func (p *promFetch) missed() []string {
	if p.gaps == 0 {
		return nil
	}
	return []string{fmt.Sprintf("%d of %d values are left out: %s are not all known at their moment", p.gaps, p.moments, strings.Join(p.fields, ", "))}
}

// called is how a query is called: by its field where there are several.
func (p *promFetch) called(i int) string {
	if len(p.fields) == 1 {
		return "the query"
	}
	return fmt.Sprintf("the query %q", p.fields[i])
}
