package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"uptree/generator"
)

// TestTheHistoryOfAYearIsSmall: that of a year of daily builds of size S stays under 20 MB.
// The snapshots of a year are 36 by the day and 53 by the week, each like the newest.
func TestTheHistoryOfAYearIsSmall(t *testing.T) {
	const limit, snapshots = 20_000_000, 36 + 53
	dir, asOf := t.TempDir(), time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	z, _ := sizeNamed("S")
	z.days = 365
	if err := writeSize(dir, z, 1, asOf); err != nil {
		t.Fatal(err)
	}
	public := filepath.Join(dir, "public")
	r, problems, err := generator.Build(t.Context(), generator.Options{
		Dir: dir, Config: "site.toml", Destination: public, Version: "test",
		AsOf: func(*time.Location) time.Time { return asOf.Add(morning) },
	})
	if err != nil || r.Outcome != generator.Built {
		t.Fatal(err, problems)
	}
	files, err := os.ReadDir(filepath.Join(public, "history"))
	if err != nil {
		t.Fatal(err)
	}
	var facts, numbers, total int64
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(f.Name(), "facts."):
			facts += info.Size()
		case strings.HasPrefix(f.Name(), "numbers."):
			numbers += snapshots * info.Size()
		}
		total += info.Size()
	}
	if facts < 1_000_000 || numbers < 1_000_000 {
		t.Fatalf("%d bytes of facts, %d of snapshots: that is no year", facts, numbers)
	}
	if total += numbers; total > limit {
		t.Errorf("%d bytes", total)
	}
	t.Logf("%.1f MB of records, %.1f MB of snapshots", float64(facts)/1e6, float64(numbers)/1e6)
}

func TestTheDataOfTheLastMonthAreWhatIsLeft(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, "data", name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "data"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("org.csv", "id,title\nn1,2020\n")
	write("synthetics-1.csv", "day,test\n2026-10-20,t\n2026-10-21,t\n2026-10-22,t\n")
	write("incidents-1.csv", "id,started,mitigated\na,2026-10-20T23:59:00Z,2026-10-22T00:00:00Z\nb,2026-10-21T00:00:00Z,\n")
	if err := writeMonth(dir, time.Date(2026, 10, 21, 0, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	read := func() (all string) {
		for _, name := range []string{"org.csv", "synthetics-1.csv", "incidents-1.csv"} {
			text, err := os.ReadFile(filepath.Join(dir, "data", name))
			if err != nil {
				t.Fatal(err)
			}
			all += string(text)
		}
		return all
	}
	before := read()
	if err := swapData(dir); err != nil {
		t.Fatal(err)
	}
	if got, want := read(), "id,title\nn1,2020\nday,test\n2026-10-21,t\n2026-10-22,t\nid,started,mitigated\nb,2026-10-21T00:00:00Z,\n"; got != want {
		t.Errorf("got %q", got)
	}
	if err := swapData(dir); err != nil || read() != before {
		t.Error("the data are not back", err)
	}
}
