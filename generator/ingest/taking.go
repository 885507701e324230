package ingest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"uptree/generator/config"
	"uptree/generator/diag"
	"uptree/generator/history"
	"uptree/generator/model"
	"uptree/generator/source"
)

// taking is one source on its way from payload to model.
type taking struct {
	payload  *source.Payload
	copy     *source.Copy // which of the payload's is read; nil where none is
	preset   *Preset      // nil without one
	mapping  *mapping     // nil without one
	files    []file       // empty unless it is to be read
	room     *history.Room
	status   model.SourceStatus
	reason   string // why it is not ok
	rejected string // why its copy cannot be used; "" where it can
	accepted int    // records, before they are merged
	looks    *looks // of Try, where the mapping was watched already
	looked   string // what its mapping looked for in vain; "" where its copy can be used
	problems diag.List
}

// file is one file of a source and what reading it gave.
type file struct {
	blob   *source.Blob
	format Format
	intake *intake
	err    error
}

// prepare decides how a payload is read, before any of it is.
func (n *normaliser) prepare(p *source.Payload) taking {
	t := taking{payload: p, reason: p.Reason}
	switch p.Status {
	case source.OK:
		t.copy = p.Fresh
	case source.Stale:
		t.status, t.copy = model.SourceStale, p.LastGood
	case source.Omitted:
		t.status = model.SourceOmitted
	case source.Failed:
		t.status = model.SourceFailed
	}
	// Mappings are compiled all the same: what is wrong with site.toml is said in one run.
	if t.compile(n.zones, n.asOf) && t.copy != nil {
		t.open()
	}
	return t
}

// fallBack turns from a fresh copy that cannot be used to the last good one. It reports
// whether there are files to read again. What was wrong with the fresh copy is told by its
// reason alone: none of its records is on the site.
func (t *taking) fallBack() bool {
	if t.copy == nil || t.copy != t.payload.Fresh || t.payload.LastGood == nil || t.rejected == "" {
		return false
	}
	t.status, t.copy, t.reason = model.SourceStale, t.payload.LastGood, t.rejected
	stale := t.payload.StaleProblem(t.reason + t.looked)
	t.files, t.rejected, t.looked = nil, "", ""
	stale.Hint = t.problems[len(t.problems)-1].Hint // of the failure
	t.problems = diag.List{stale}
	t.open()
	return true
}

// compile finds the preset and compiles the mapping. It reports false where the source
// cannot be read for want of them.
func (t *taking) compile(z *zones, asOf model.Time) bool {
	s := t.payload.Source
	program, pos := s.Map, s.MapPos
	if s.Preset != "" {
		preset, ok := PresetNamed(s.Preset)
		if !ok {
			hint := cmp.Or(diag.DidYouMean(s.Preset, PresetNames()), "one of "+strings.Join(PresetNames(), ", "))
			t.misconfigured(diag.UnknownPreset, s.Pos, fmt.Sprintf("source %q: unknown preset %q", s.Name, s.Preset), hint)
			return false
		}
		t.preset = preset
		program, pos = preset.Map, s.Pos
	}
	if program == "" {
		return true
	}
	m, err := compileMapping(program, z, asOf)
	if err != nil {
		t.misconfigured(diag.BadMapping, pos, fmt.Sprintf("source %q: the map does not compile: %s", s.Name, err), hostHint())
		return false
	}
	m.host = t.host()
	t.mapping = m
	return true
}

// host is the one that the source asks, for mappings that make links of it.
func (t *taking) host() string {
	if s := t.payload.Source; s.Kind == "http" {
		return s.Origin()
	}
	return ""
}

func (t *taking) misconfigured(code diag.Code, pos diag.Pos, text, hint string) {
	t.status, t.reason = model.SourceFailed, "site.toml is wrong about it"
	t.problems.Add(diag.Problem{Code: code, Pos: pos, Text: text, Hint: hint})
}

func hostHint() string {
	var names []string
	for _, f := range hostFunctions {
		names = append(names, f.name)
	}
	return "a map is a jq program; beside the functions of jq it has " + strings.Join(slices.Compact(names), ", ")
}

// open lists the files with their formats.
func (t *taking) open() {
	for i := range t.copy.Blobs {
		b := &t.copy.Blobs[i]
		f, ok := formatOf(t.payload.Source, t.preset, b)
		if !ok {
			t.files = nil
			t.fail(diag.SourceFailed, fmt.Sprintf("the extension of %s tells no format", b.Name), "name it, as in format = \"csv\"")
			return
		}
		if f.Mapped && t.mapping == nil {
			t.files = nil
			t.fail(diag.SourceFailed, fmt.Sprintf("%s is of the format %s, which holds no records", b.Name, f.Name), "name a preset that makes them, or a map")
			return
		}
		t.files = append(t.files, file{blob: b, format: f})
	}
}

// settle judges what was read.
func (t *taking) settle(ctx context.Context, n *normaliser) {
	t.report()
	t.accepted = 0
	newest := model.None
	for i := range t.files {
		f := &t.files[i]
		if f.err != nil {
			t.fail(diag.SourceFailed, f.err.Error(), "")
			return
		}
		t.accepted += f.intake.accepted
		newest = max(newest, f.intake.newest)
	}
	if t.status != model.SourceOK {
		return // last good data met what was expected of them when they were fetched
	}
	if reason := t.unmet(newest, n.asOf); reason != "" {
		t.looked = t.inVain(ctx, n)
		hint := ""
		if t.accepted == 0 && t.payload.Source.Expect.MinRecords == 0 {
			hint = "if it may be empty, say so with expect = { min_records = 0 }"
		}
		t.fail(diag.SourceEmpty, reason, hint)
	}
}

// report gathers the problems of the files. What is said of a column is said of all files
// of the source.
func (t *taking) report() {
	columns := map[string]bool{}
	unmapped, first := 0, ""
	for i := range t.files {
		in := t.files[i].intake
		if in == nil {
			continue // it could not be opened
		}
		for _, p := range in.allProblems() {
			if p.Code != diag.UnknownColumn || !columns[p.Text] {
				t.problems.Add(p)
			}
			columns[p.Text] = columns[p.Text] || p.Code == diag.UnknownColumn
		}
		if in.unmapped > 0 && unmapped == 0 {
			first = in.file
		}
		unmapped += in.unmapped
	}
	if unmapped > 0 {
		t.problems.Add(diag.Problem{
			Code: diag.MappingSilent, Pos: diag.Pos{File: first},
			Text: fmt.Sprintf("source %q: the mapping made nothing of %s", t.payload.Source.Name, plural(unmapped, "input", "inputs")),
			Hint: "a map that passes an input over on purpose says so with null",
		})
	}
	if t.copy == nil {
		return
	}
	for _, warning := range t.copy.Warnings {
		t.problems.Add(diag.Problem{
			Code: diag.SourceWarns, Pos: t.payload.Source.Pos,
			Text: fmt.Sprintf("source %q warns: %s", t.payload.Source.Name, warning),
		})
	}
}

// addTo puts the source and its batches into the model's input.
func (t *taking) addTo(input *model.Input) {
	s := t.payload.Source
	info := model.SourceInfo{
		Name: s.Name, Title: s.Title, Datasets: t.datasets(), Pilot: s.Pilot,
		FetchedAt: model.None, Status: t.status, Reason: t.reason, Definition: t.definition(),
	}
	if c := t.copy; c != nil {
		info.Warnings = c.Warnings
		if !c.FetchedAt.IsZero() {
			info.FetchedAt = model.Time(c.FetchedAt.Unix())
		}
		for i := range c.Blobs {
			info.FileNames = append(info.FileNames, c.Blobs[i].Name)
		}
	}
	if t.status != model.SourceOmitted {
		for i := range t.files {
			t.addFile(input, &info, t.files[i].intake)
		}
	}
	input.Sources = append(input.Sources, model.SourceInput{Info: info, Merge: s.Merge, Covers: s.Covers, CoversFrom: s.CoversFrom})
}

// addFile accounts for a file. Accepted and Merged are counted where records are merged.
func (t *taking) addFile(input *model.Input, info *model.SourceInfo, in *intake) {
	if in == nil {
		return // it could not be opened
	}
	info.Read += in.accepted + in.rejected
	info.Rejected += in.rejected
	info.Unmapped += in.unmapped
	info.Rejects = append(info.Rejects, in.rejects[:min(len(in.rejects), maxRejects-len(info.Rejects))]...)
	in.batch.Source = len(input.Sources)
	input.Batches = append(input.Batches, in.batch)
}

func (t *taking) datasets() []model.Dataset {
	if t.preset != nil {
		return t.preset.Datasets
	}
	if t.payload.Source.HasDataset {
		return []model.Dataset{t.payload.Source.Dataset}
	}
	return nil
}

// maxDefinition bounds the one line that says what a source is, in runes.
const maxDefinition = 300

// definition returns one line of the source's kind, origin, format and mapping. site.toml
// holds no secrets in these.
func (t *taking) definition() string {
	s := t.payload.Source
	parts := []string{strings.TrimSpace(s.Kind + " " + s.Origin())}
	if s.Format != "" {
		parts = append(parts, "format "+s.Format)
	}
	if s.Preset != "" {
		parts = append(parts, "preset "+s.Preset)
	}
	for _, field := range slices.Sorted(maps.Keys(s.Prometheus.Queries)) {
		parts = append(parts, "query "+field+" "+strings.Join(strings.Fields(s.Prometheus.Queries[field]), " "))
	}
	for _, field := range slices.Sorted(maps.Keys(s.Columns)) {
		parts = append(parts, fmt.Sprintf("%s = %q", field, s.Columns[field]))
	}
	if s.Map != "" {
		parts = append(parts, "map "+strings.Join(strings.Fields(s.Map), " "))
	}
	line := []rune(strings.Join(parts, ", "))
	if len(line) > maxDefinition {
		return string(line[:maxDefinition]) + "…"
	}
	return string(line)
}

// strangeSeverities reports each word without a place in [severity.incidents] once for the
// whole site.
func strangeSeverities(takings []taking, table *config.Severities) diag.List {
	var list diag.List
	index, counts := map[string]int{}, []int{}
	for i := range takings {
		for j := range takings[i].files {
			in := takings[i].files[j].intake
			if in == nil {
				continue
			}
			for _, s := range in.strange {
				at, ok := index[s.word]
				if !ok {
					at = len(list)
					index[s.word] = at
					counts = append(counts, 0)
					list.Add(diag.Problem{Code: diag.UnknownSeverity, Pos: diag.Pos{File: in.file, Line: s.line}, Text: s.word})
				}
				counts[at] += s.count
			}
		}
	}
	known := append(slices.Clone(table.Order), slices.Sorted(maps.Keys(table.Words))...)
	for i := range list {
		word := list[i].Text
		list[i].Text = fmt.Sprintf("severity %q of %s has no place in [severity.incidents]", shorten([]byte(word), maxExample), plural(counts[i], "incident", "incidents"))
		list[i].Hint = cmp.Or(diag.DidYouMean(word, known), "add it to the list of one of "+strings.Join(table.Order, ", "))
	}
	return list
}
