package render

import (
	"encoding/json"
	"testing"
)

func FuzzJSONTextIsThatOfTheLibrary(f *testing.F) {
	for _, s := range []string{"", "plain", "24\u00a0Oct", "</script>", "a\u2028b", "\xff", "\x00", "\\ \"", "日本", "\x7f"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Skip()
		}
		if got := appendJSONText(nil, s); string(got) != string(want) {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	})
}
