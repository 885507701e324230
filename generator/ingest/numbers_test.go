package ingest

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func resultText(v any, got outcome) string {
	switch got {
	case absent:
		return "absent"
	case bad:
		return "bad"
	}
	return fmt.Sprint(v)
}

func TestDurations(t *testing.T) {
	for text, want := range map[string]string{
		"90": "90", "1.5": "1.5", "0": "0", "-3": "-3",
		"PT17M": "1020", "PT1H30M5S": "5405", "P1DT2H": "93600", "P2W": "1.2096e+06", "PT0.5S": "0.5", "PT1,5S": "1.5", "-PT1M": "-60",
		"17m": "1020", "1h2m3.5s": "3723.5", "250ms": "0.25", "-1h": "-3600",
		"0:17:00": "1020", "01:00:30": "3630", "100:00:00": "360000", "0:00:01.25": "1.25",
		"0 days 00:17:00": "1020", "1 day, 0:00:01": "86401", "3 days 01:00:00.5": "262800.5", "-1 days 00:00:00": "-86400",
		"": "absent", "null": "absent", "NaN": "absent", "UNSET": "absent",
		"soon": "bad", "P1Y": "bad", "P1M": "bad", "PT": "bad", "P": "bad", "PT5": "bad", "PT1S1H": "bad", "P1H": "bad",
		"1:2:3": "bad", "0:61:00": "bad", "0:17:60": "bad", "17:00": "bad", "1 days": "bad", "1 dayss 00:00:00": "bad", "1h 2m": "bad", "-": "bad", "--5s": "bad",
	} {
		f, got := duration([]byte(text))
		if s := resultText(f, got); s != want {
			t.Errorf("%q is %s, want %s", text, s, want)
		}
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"1": "1", "-2.5": "-2.5", "1e3": "1000", " 7 ": "7", ".5": "0.5",
		"": "absent", "NaN": "absent", "nan": "absent", "+Inf": "absent", "-inf": "absent", "Infinity": "absent", "NULL": "absent", "None": "absent",
		"1_000": "bad", "0x10": "bad", "1,5": "bad", "five": "bad", "1e999": "bad", "--1": "bad", strings.Repeat("9", 500): "bad",
	} {
		f, got := number([]byte(text))
		if s := resultText(f, got); s != want {
			t.Errorf("%q is %s, want %s", text, s, want)
		}
	}
}

func TestCounts(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "12": "12", "12.0": "12", "1e2": "100", "4294967295": "4294967295",
		"": "absent", "NaN": "absent",
		"-1": "bad", "1.5": "bad", "4294967296": "bad", "99999999999999999999": "bad", "true": "bad", "one": "bad",
	} {
		n, got := count([]byte(text), math.MaxUint32)
		if s := resultText(n, got); s != want {
			t.Errorf("%q is %s, want %s", text, s, want)
		}
	}
}

func TestFlags(t *testing.T) {
	for text, want := range map[string]string{
		"true": "true", "True": "true", "YES": "true", "1": "true", "false": "false", "No": "false", "0": "false", " yes ": "true",
		"": "absent", "null": "absent", "2": "bad", "on": "bad", "truee": "bad",
	} {
		v, got := truth([]byte(text))
		if s := resultText(v, got); s != want {
			t.Errorf("%q is %s, want %s", text, s, want)
		}
	}
}

func TestLinks(t *testing.T) {
	for text, want := range map[string]bool{
		"https://example.com/a?b#c": true, "HTTP://example.com": true, "http://[::1]:8080/": true, "https://exämple.com/ü": true,
		"javascript:alert(1)": false, "data:text/html,x": false, "//example.com": false, "/a": false, "mailto:a@example.com": false,
		"https://": false, "https:///a": false, "https://:80": false, "https://user:pass@example.com/": false, "https://example.com/@team": true,
		"https://example.com/\nx": false, "https://example.com/a b": false, `https:\\example.com`: false, " https://example.com": false,
		"https://example.com/" + strings.Repeat("a", 2000): false,
	} {
		if got := isLink([]byte(text)); got != want {
			t.Errorf("%q is a link: %t, want %t", text, got, want)
		}
	}
}

func TestSchemesOfReviews(t *testing.T) {
	for text, want := range map[string]bool{
		"javascript:alert(1)": true, "JavaScript: alert(1) // x": true, "data:text/html,x y": true, "mailto:a@example.com": true,
		"Held in March: see the wiki": false, "PM-12": false, "done": false, "12:30 in room 4": false,
	} {
		if got := hasScheme(text); got != want {
			t.Errorf("%q has a scheme: %t, want %t", text, got, want)
		}
	}
}

func TestListsOfIDs(t *testing.T) {
	for text, want := range map[string]string{
		"a": "a", "a;b": "a|b", " a ; b ;; c;": "a|b|c", ";": "", "a b;c": "a b|c",
	} {
		var got []string
		listItems([]byte(text), func(item []byte) { got = append(got, string(item)) })
		if strings.Join(got, "|") != want {
			t.Errorf("%q holds %q, want %q", text, got, want)
		}
	}
	for raw, want := range map[string]string{
		`["a", "b;c"]`: "a|b;c", `[1, null, "", -2]`: "1|-2", `[]`: "", `["\u00e5"]`: "å",
		`{}`: "bad", `[{}]`: "bad", `[["a"]]`: "bad", `[true]`: "bad", `["a"`: "bad", ``: "bad",
	} {
		var got []string
		text := "bad"
		if nestedItems([]byte(raw), func(item []byte) { got = append(got, string(item)) }) {
			text = strings.Join(got, "|")
		}
		if text != want {
			t.Errorf("%s holds %s, want %s", raw, text, want)
		}
	}
}

func TestLongTitlesAreCutBetweenRunes(t *testing.T) {
	if got := string(clipTitle([]byte(strings.Repeat("å", 600)))); got != strings.Repeat("å", 500)+"…" {
		t.Errorf("cut to %d bytes", len(got))
	}
	for _, n := range []int{499, 500} {
		if text := strings.Repeat("å", n); string(clipTitle([]byte(text))) != text {
			t.Errorf("a title of %d runes is cut", n)
		}
	}
}

func FuzzDuration(f *testing.F) {
	for _, seed := range []string{"PT1H30M", "1h2m", "0 days 00:17:00", "12:00:00", "P", "-", "1 day"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if d, got := duration([]byte(text)); got == read && (math.IsNaN(d) || math.IsInf(d, 0)) {
			t.Fatalf("%q is %v", text, d)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"1", "-2.5e3", "99.9%", "NaN", "1e999", "00012.340"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if v, got := number([]byte(text)); got == read && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Fatalf("%q is %v", text, v)
		}
		if n, got := count([]byte(text), math.MaxUint32); got == read && n > math.MaxUint32 {
			t.Fatalf("%q counts %d", text, n)
		}
		pct(nil, text, nil)
	})
}
