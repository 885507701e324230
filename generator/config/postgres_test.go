package config

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPostgresSources(t *testing.T) {
	site, problems, err := Load(os.DirFS("testdata/good"), "site", "postgres.toml")
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	for i, want := range []Postgres{
		{
			URL: "postgres://reader@db.example/tracker", Query: "SELECT id, started FROM incidents",
			Since: 400 * 24 * time.Hour, PerHost: 2, MaxRows: 1_000_000,
		},
		{
			URL:   "postgresql://reader@db.example:6432/tracker?sslmode=verify-ca&sslrootcert=ca.pem",
			Query: "SELECT key AS id, opened AS started\nFROM incidents\nWHERE opened >= {since}",
			Since: 90 * 24 * time.Hour, PerHost: 1, MaxRows: 5000,
		},
	} {
		if diff := cmp.Diff(want, site.Sources[i].Postgres); diff != "" {
			t.Errorf("%s (- want, + got):\n%s", site.Sources[i].Name, diff)
		}
	}
	a, b := site.Sources[0], site.Sources[1]
	if a.Format != "jsonl" || a.Timeout != 10*time.Minute || a.Retries != 2 || a.Origin() != "db.example" || a.TokenEnv != "" {
		t.Errorf("defaults: %+v", a)
	}
	if b.Format != "jsonl" || b.Retries != 0 || b.Origin() != "db.example:6432" || b.TokenEnv != "TRACKER_PASSWORD" {
		t.Errorf("as given: %+v", b)
	}
}
