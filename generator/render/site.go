package render

import "uptree/generator/report"

// site writes the files that belong to no page.
func (r *renderer) site() error {
	for _, a := range r.theme.assets {
		if err := r.write(a.path, a.content); err != nil {
			return err
		}
	}
	if r.theme.paths.Site != "" {
		if err := r.write(r.words.path, r.words.content); err != nil {
			return err
		}
	}
	if err := r.plan.Images(r.write); err != nil {
		return err
	}
	if err := r.write("ids.json", appendIDs(nil, r.plan)); err != nil {
		return err
	}
	if err := r.registered(); err != nil {
		return err
	}
	// Pages of an intranet are not for search engines.
	return r.write("robots.txt", []byte("User-agent: *\nDisallow: /\n"))
}

// appendIDs writes every id with its kind, title and address, for checks of documents and
// for other programs; incidents by id alone.
func appendIDs(dst []byte, plan *report.Plan) []byte {
	o := object{dst: dst}
	o.open('{').key("schema").str("uptree/ids/1").key("ids").open('[')
	for _, id := range plan.IDs() {
		o.line().open('{').key("kind").str(id.Kind).key("id").str(id.ID)
		o.key("title").str(id.Title).key("url").str(id.URL).close('}')
	}
	o.close(']').key("moved").open('[')
	for _, id := range plan.MovedIDs() {
		o.line().open('{').key("kind").str(id.Kind).key("id").str(id.ID).key("url").str(id.URL).close('}')
	}
	o.close(']').key("incidents").strings(plan.IncidentIDs())
	return append(o.close('}').dst, '\n')
}

// PutBuild writes build.json and build.js, the only files that hold the clock.
func PutBuild(b *report.Build, put Put) error {
	if err := put("build.json", appendBuild(nil, b)); err != nil {
		return err
	}
	return put("build.js", appendBuildScript(nil, b))
}

func appendBuild(dst []byte, b *report.Build) []byte {
	o := object{dst: dst}
	o.open('{').key("schema").str("uptree/build/1").key("version").str(b.Version)
	o.key("as_of").str(b.AsOf).key("late_after").orNull(b.Late).key("started").orNull(b.Started).key("seconds").num(b.Seconds)
	if len(b.WhatIf) > 0 {
		o.key("what_if").strings(b.WhatIf)
	}
	o.key("periods").open('{')
	for _, p := range b.Periods {
		o.key(p.Name).open('{').key("from").str(p.From).key("to").str(p.To)
		o.key("previous_from").str(p.PreviousFrom).key("previous_to").str(p.PreviousTo).close('}')
	}
	o.close('}').key("sources").open('{')
	for i := range b.Sources {
		o.source(&b.Sources[i])
	}
	o.close('}').key("gates").open('[')
	for i := range b.Gates {
		o.gate(&b.Gates[i])
	}
	o.close(']').key("problems").open('{')
	for _, p := range b.Problems {
		o.key(p.Code).int(p.Count)
	}
	return append(o.close('}').close('}').dst, '\n')
}

func (o *object) source(s *report.BuildSource) {
	o.key(s.Name).open('{').key("status").str(s.Status).key("fetched_at").orNull(s.FetchedAt)
	o.key("age").numOrNull(s.FetchedAt != "", s.Age)
	o.key("read").int(s.Read).key("accepted").int(s.Accepted).key("merged").int(s.Merged)
	o.key("rejected").int(s.Rejected).key("unmapped").int(s.Unmapped).key("remembered").int(s.Remembered)
	o.key("warnings").strings(s.Warnings).close('}')
}

func (o *object) gate(g *report.BuildGate) {
	o.open('{').key("id").str(g.ID).key("node").str(g.Node).key("metric").str(g.Metric).key("period").str(g.Period)
	o.key("part").orNull(g.Part).key("state").str(g.State).key("reason").orNull(g.Reason).key("unit").str(g.Unit)
	for _, v := range []struct {
		key string
		v   *float64
	}{{"value", g.Value}, {"max", g.Max}, {"min", g.Min}} {
		if o.key(v.key); v.v == nil {
			o.null()
		} else {
			o.num(*v.v)
		}
	}
	o.close('}')
}

// appendBuildScript writes the moments that pages do not hold, for the script's ages.
func appendBuildScript(dst []byte, b *report.Build) []byte {
	o := object{dst: append(dst, "window.uptreeBuild="...)}
	o.dst = append(o.dst, '{')
	o.key("as_of").str(b.AsOf)
	if b.Late != "" {
		o.key("late_after").str(b.Late)
	}
	if b.Started != "" {
		o.key("built").str(b.Started)
	}
	for _, s := range b.Sources {
		if s.FetchedAt != "" {
			o.key("source." + s.Name).str(s.FetchedAt)
		}
	}
	return append(o.close('}').dst, ";\n"...)
}
