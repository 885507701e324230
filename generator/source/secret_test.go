package source

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestSecretsPrintAsSuch(t *testing.T) {
	s := Secret{token}
	for _, verb := range []string{"%s", "%v", "%+v", "%#v", "%q", "%x", "%d"} {
		if got := fmt.Sprintf(verb+verb, s, &s); strings.Contains(got, token[:6]) || !strings.Contains(got, masked) {
			t.Errorf("%s: %q", verb, got)
		}
	}
	if got, err := json.Marshal(map[string]any{"a": s}); err != nil || strings.Contains(string(got), token[:6]) {
		t.Errorf("%s, %v", got, err)
	}
}

// A secret is masked wherever the writes that bring it are cut.
func TestSecretsAreMaskedAcrossWrites(t *testing.T) {
	s := &secrets{}
	s.hide(token)
	text := "a " + token + " b " + token + token + " c"
	for size := 1; size <= len(text); size++ {
		var out bytes.Buffer
		m := &masking{to: &out, secrets: s}
		for rest := text; rest != ""; {
			n := min(size, len(rest))
			if _, err := m.Write([]byte(rest[:n])); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := m.flush(); err != nil || out.String() != "a <secret> b <secret><secret> c" {
			t.Errorf("in writes of %d bytes: %q, %v", size, out.String(), err)
		}
	}
}

func TestShortValuesAreNoSecrets(t *testing.T) {
	s := &secrets{}
	s.hide("north")
	if got := s.mask("the north wind"); got != "the north wind" {
		t.Errorf("got %q", got)
	}
}
