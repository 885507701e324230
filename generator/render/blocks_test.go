package render

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"uptree/generator/content"
	"uptree/generator/report"
)

// TestEveryBlockIsDrawn fills every field of a page with a text of its own and looks for it
// in what the default theme makes of it: a block that no template draws would be lost.
func TestEveryBlockIsDrawn(t *testing.T) {
	plan := tiny(t, asOf)
	r := &renderer{plan: plan, theme: theme(t, bundle)}
	for _, kind := range []string{"node", "journey", "metrics", "numbers", "moved"} {
		m := marker{marks: map[string]string{}}
		page := &report.Page{Site: &report.Frame{}}
		m.mark("Page", reflect.ValueOf(page).Elem())
		subject, article, moved, explained := page.Subject, page.Article, page.Moved, page.Explained
		page.Subject, page.Article, page.Moved, page.Explained = nil, nil, nil, nil
		switch kind {
		case "metrics":
			page.Article = article
		case "numbers":
			page.Explained = explained
		case "moved":
			page.Moved = moved
		default:
			page.Subject = subject
		}
		page.Kind, page.Path = kind, "x/y/index.html"
		var out bytes.Buffer
		if err := r.theme.layouts[kind].ExecuteTemplate(&out, "page", r.newView(page, nil, &later{})); err != nil {
			t.Fatal(err)
		}
		for mark, field := range m.marks {
			if drawn := strings.Contains(out.String(), mark); !drawn && !elsewhere(kind, field, page) {
				t.Errorf("%s: %s is not drawn", kind, field)
			}
		}
	}
}

// elsewhere names the fields that the layout of a kind leaves to another kind, or that are
// not text of the page.
func elsewhere(kind, field string, p *report.Page) bool {
	for _, f := range []string{
		"Page.Twin", "Page.Talk.", "Page.Changes.", "Page.Map.", "Page.Records",
		"Page.Card.ID", "Page.Card.Line", "Page.Card.Count", "Page.Card.Short", "Page.Card.States", "Page.Card.Day", "Page.Card.Badge", "Page.Card.Picture",
		"Page.Feed.Path", "Page.Feed.ID", "Page.Feed.Page", "Page.Feed.Lang", "Page.Feed.Author", "Page.Feed.Updated", "Page.Feed.Entries", "Page.Root", "Page.Kind", "Page.Path", "More.Word", "Empty",
		"Tree[0].More", "Tree[0].Span", "Trail[0].Stamp", "Numbers.Missing", "Page.Site.Lang", "Page.Site.Dir",
	} {
		if strings.Contains(field, f) {
			return true
		}
	}
	switch {
	case kind == "moved":
		return !strings.HasPrefix(field, "Page.Moved") && field != "Page.Title"
	case strings.HasPrefix(field, "Page.Moved"):
		return true
	case strings.HasPrefix(field, "Page.Article"):
		return p.Article == nil
	case strings.HasPrefix(field, "Page.Explained"):
		return p.Explained == nil
	case strings.HasPrefix(field, "Page.Subject.Facts"), strings.HasPrefix(field, "Page.Subject"):
		return p.Subject == nil || kind == "node" && strings.HasPrefix(field, "Page.Subject.Facts") ||
			kind == "journey" && (strings.HasPrefix(field, "Page.Subject.Attention") || strings.HasPrefix(field, "Page.Subject.Voice") || strings.HasPrefix(field, "Page.Subject.Changes") || strings.HasPrefix(field, "Page.Subject.Origin") ||
				strings.HasPrefix(field, "Page.Subject.Boundary") || strings.HasPrefix(field, "Page.Subject.Bandwidth"))
	}
	return false
}

// marker fills values and remembers which text stands in which field.
type marker struct{ marks map[string]string }

func (m *marker) next(field string) string {
	s := fmt.Sprintf("mark%dx", len(m.marks))
	m.marks[s] = field
	return s
}

func (m *marker) mark(field string, v reflect.Value) {
	switch x := v.Addr().Interface().(type) {
	case *report.Sentence:
		// The words "{n} more" say their argument.
		*x = report.Sentence{Word: "site.more", Args: []report.Arg{{Name: "n", Span: report.Span{Text: m.next(field)}}}}
		return
	case *report.Span:
		*x = report.Span{Text: m.next(field), Href: "somewhere"}
		return
	case *content.HTML:
		*x = content.HTML(m.next(field))
		return
	case **report.Chart, **report.ChartFigure, *report.ScriptWord, **report.Page, **report.Twin, **report.Records, *report.Mark:
		return
	}
	m.inside(field, v)
}

func (m *marker) inside(field string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(m.next(field))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Struct:
		for i := range v.NumField() {
			m.mark(field+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		m.mark(field+"[0]", v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		m.mark(field, v.Elem())
	}
}
