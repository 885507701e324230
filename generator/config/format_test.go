package config

import "testing"

func TestTheExtensionTellsTheFormat(t *testing.T) {
	for _, c := range []struct {
		pattern, format string
		tells           bool
	}{
		{"data/a.csv", "csv", true},
		{"data/A.CSV", "csv", true},
		{"data/a.csv.gz", "csv", true},
		{"data/*.ndjson.ZST", "jsonl", true},
		{"data/a.gz", "", false},
		{"data/a.txt", "", false},
		{"data/a.csv.xz", "", false},
		{"data/**", "", true},
		{"data/a.*", "", true},
		{"data/*.gz", "", true},
	} {
		if format, _ := FormatOf(c.pattern); format != c.format || tellsFormat(c.pattern) != c.tells {
			t.Errorf("%s: format %q, tells %t", c.pattern, format, tellsFormat(c.pattern))
		}
	}
}
