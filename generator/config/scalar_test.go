package config

import (
	"strings"
	"testing"
	"time"
)

func TestDurations(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"48h": 48 * time.Hour, "1h30m": 90 * time.Minute, "7d": 168 * time.Hour, "3660d": maxDuration,
		"": 0, "0s": 0, "-1h": 0, "3661d": 0, "1.5d": 0, "d": 0, "1w": 0, "7": 0, "99999999999999999999d": 0,
	} {
		site, problems := load(t, "[source.a]\npreset = 'x'\npath = 'a'\nmax_stale = '"+text+"'")
		if got := site.Sources[0].MaxStale; got != want || problems.HasErrors() != (want == 0) {
			t.Errorf("%q: got %v, %v", text, got, problems)
		}
	}
}

func TestSizes(t *testing.T) {
	for text, want := range map[string]int64{
		"500MB": 500e6, "2 GiB": 2 << 30, "4096": 4096, "1B": 1, "3kB": 3000, "3KB": 3000, "1000GB": maxSize,
		"": 0, "0": 0, "MB": 0, "-1MB": 0, "1.5MB": 0, "1001GB": 0, "9223372036854775807GB": 0, "5 apples": 0,
	} {
		got, ok := parseSize(text)
		if ok != (want > 0) || ok && got != want {
			t.Errorf("%q: got %v, %v", text, got, ok)
		}
	}
}

func TestZonesSuggestedExist(t *testing.T) {
	for _, name := range strings.Fields(zoneNames) {
		if _, err := time.LoadLocation(name); err != nil {
			t.Error(err)
		}
	}
	for typed, want := range map[string]string{
		"europe/stockholm": "Europe/Stockholm", "Stockholm": "Europe/Stockholm", "America/New York": "America/New_York",
		"Europe/Stokholm": "Europe/Stockholm", "Mars/Olympus_Mons": "",
	} {
		if got := suggestZone(typed); got != want {
			t.Errorf("%s: got %q, want %q", typed, got, want)
		}
	}
}

func TestFormatIsAskedForWhereTheExtensionCannotTell(t *testing.T) {
	for pattern, want := range map[string]bool{
		"a.csv": true, "a.JSON": true, "a/*.yml": true, "a/**": true, "a/*": true, "a.[cj]s*": true,
		"a.txt": false, "a/*.txt": false, "export": false, "a.d/export": false,
	} {
		if got := tellsFormat(pattern); got != want {
			t.Errorf("%s: got %v", pattern, got)
		}
	}
}

func TestSeverityWords(t *testing.T) {
	s := Severities{Order: []string{"high", "low"}, Words: map[string]string{"high": "high", "low": "low", "P1": "high", "p1": "low", "Minor": "low"}}
	for vendor, want := range map[string]string{"P1": "high", "p1": "low", "minor": "low", "HIGH": "high", "major": "", "": ""} {
		got, ok := s.Word(vendor)
		if got != want || ok != (want != "") {
			t.Errorf("%q: got %q, %v", vendor, got, ok)
		}
	}
	if got, ok := (&Severities{}).Word("P1"); got != "P1" || !ok {
		t.Errorf("without a table: got %q, %v", got, ok)
	}
}
