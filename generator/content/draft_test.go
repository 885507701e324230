package content

import "testing"

func TestATableIsAddedAndTheRestStays(t *testing.T) {
	const table = "\n[[asks]]\nid = \"a \\\"b\\\"\"\n"
	for name, c := range map[string]struct{ before, after string }{
		"no document":         {"", "+++\n[[asks]]\nid = \"a \\\"b\\\"\"\n+++\n"},
		"no front matter":     {"Words.\n", "+++\n[[asks]]\nid = \"a \\\"b\\\"\"\n+++\nWords.\n"},
		"empty front matter":  {"+++\n+++\nWords.\n", "+++\n" + table + "+++\nWords.\n"},
		"front matter":        {"+++\ntags = [ \"x\" ]  # why\n+++ \n\nWords.", "+++\ntags = [ \"x\" ]  # why\n" + table + "+++ \n\nWords."},
		"nothing below":       {"+++\ntitle = \"x\"\n+++", "+++\ntitle = \"x\"\n" + table + "+++"},
		"a fence in the body": {"+++\ntitle = \"x\"\n+++\na\n+++\nb\n", "+++\ntitle = \"x\"\n" + table + "+++\na\n+++\nb\n"},
		"lines of Windows":    {"\uFEFF+++\r\ntitle = \"x\"\r\n+++\r\nWords.\r\n", "\uFEFF+++\r\ntitle = \"x\"\r\n\r\n[[asks]]\r\nid = \"a \\\"b\\\"\"\r\n+++\r\nWords.\r\n"},
	} {
		got, err := AddTable([]byte(c.before), "asks", []Field{{"id", "a\n\"b\""}, {"to", ""}})
		if err != nil || string(got) != c.after {
			t.Errorf("%s: %q (%v), want %q", name, got, err, c.after)
		}
	}
	for _, bad := range []string{"+++\ntitle = \"x\"\n", "---\ntitle: x\n---\n"} {
		if got, err := AddTable([]byte(bad), "asks", nil); err == nil {
			t.Errorf("%q becomes %q", bad, got)
		}
	}
}

func TestADocumentIsWhereItIsLookedFor(t *testing.T) {
	for _, s := range []subject{{Node, "a b/c"}, {Service, "component:default/x"}, {Incident, "日本-1"}, {Page, "how/we-work"}} {
		path, err := Path(s.kind, s.id)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := subjectOf(path); err != nil || got != s {
			t.Errorf("%v is at %s, where %v is looked for (%v)", s, path, got, err)
		}
	}
	for _, s := range []subject{{Node, "_root"}, {Node, ""}, {Page, "a/../b"}, {Page, "a b"}, {Metric, "cost"}} {
		if path, err := Path(s.kind, s.id); err == nil {
			t.Errorf("%v is at %s", s, path)
		}
	}
}
