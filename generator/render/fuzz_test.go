package render

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"uptree/generator/report"
)

// FuzzNamesStayText puts a text into every field of a page's blocks that may hold one from
// outside, and looks for markup that the theme did not write.
func FuzzNamesStayText(f *testing.F) {
	for _, s := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=y>`, `' onmouseover='x`, "a&amp;b", "\x00\xff", "\u202eabc", `{{.}}`, `</title><b>`} {
		f.Add(s)
	}
	plan, th := tiny(f, asOf), theme(f, fstest.MapFS{})
	r := &renderer{plan: plan, theme: th}
	var clean []*report.Page
	for _, k := range plan.Keys() {
		if p := plan.Page(k); p.Path == "org/payments/index.html" || p.Path == "cracks/index.html" {
			clean = append(clean, p)
		}
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range clean {
			tagsBefore := tags(t, r, p, "é")
			if got := tags(t, r, p, "é"+s); got != tagsBefore {
				t.Errorf("%q makes %d elements of %d", s, got, tagsBefore)
			}
		}
	})
}

// tags counts the elements of a page whose texts are all s.
func tags(t *testing.T, r *renderer, p *report.Page, s string) int {
	copied := *p
	fill(reflect.ValueOf(&copied).Elem(), s)
	var out bytes.Buffer
	if err := r.theme.layouts[p.Kind].ExecuteTemplate(&out, "page", r.newView(&copied, nil, &later{})); err != nil {
		t.Fatal(err)
	}
	return strings.Count(out.String(), "<")
}

// fill replaces the texts of spans and names of a copy of a value.
func fill(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.Struct:
		switch v.Addr().Interface().(type) {
		case *report.Sentence, *report.Chart, *report.ChartFigure, *report.Frame:
			return // worded here, or held by tests of charts
		case *report.Span:
			span := v.Addr().Interface().(*report.Span)
			if span.Name && span.Text != "" {
				span.Text = s
			}
			return
		}
		for i := range v.NumField() {
			switch name := v.Type().Field(i).Name; {
			case name == "Name" && v.Field(i).Kind() == reflect.String && v.Type().Name() == "Subject":
				v.Field(i).SetString(s)
			default:
				fill(v.Field(i), s)
			}
		}
	case reflect.Pointer:
		if !v.IsNil() {
			n := reflect.New(v.Type().Elem())
			n.Elem().Set(v.Elem())
			fill(n.Elem(), s)
			v.Set(n)
		}
	case reflect.Slice:
		n := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(n, v)
		for i := range n.Len() {
			fill(n.Index(i), s)
		}
		v.Set(n)
	}
}
