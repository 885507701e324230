package render

import "uptree/generator/report"

// findings writes what is open at a service, where anything is.
func (o *object) findings(t *report.Twin) {
	if t.FindingsTotal == 0 {
		return
	}
	o.key("findings_total").int(t.FindingsTotal).key("findings").open('[')
	for i := range t.Findings {
		f := &t.Findings[i]
		o.open('{').key("severity").str(f.Severity).key("kind").orNull(f.Kind)
		o.key("opened").str(f.Opened).key("at_least").bool(f.AtLeast).key("due").orNull(f.Due).key("url").orNull(f.URL)
		if f.ID != "" {
			o.key("id").str(f.ID).key("rule").orNull(f.Rule).key("via").orNull(f.Via)
		}
		o.close('}')
	}
	o.close(']')
}
