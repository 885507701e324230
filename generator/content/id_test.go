package content

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEncodeIDKeepsLettersAndDigitsAndEscapesTheRest(t *testing.T) {
	tests := []struct{ name, id, want string }{
		{"ASCII stays", "Payments_2.v-1", "Payments_2.v-1"},
		{"letters and digits of other scripts stay", "支払い٣Ärger", "支払い٣Ärger"},
		{"a slash is escaped", "default/payments", "default~2fpayments"},
		{"the escape character is escaped", "a~b", "a~7eb"},
		{"each byte of a symbol is escaped", "a→b", "a~e2~86~92b"},
		{"bytes that are no UTF-8 are escaped", "a\xffb", "a~ffb"},
		{"a written replacement character is escaped", "\uFFFD", "~ef~bf~bd"},
		{"nothing stays nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := EncodeID(test.id); got != test.want {
				t.Errorf("EncodeID(%q) = %q, want %q", test.id, got, test.want)
			}
		})
	}
}

func TestDecodeIDRefusesNamesThatEncodeIDDoesNotWrite(t *testing.T) {
	for _, name := range []string{"a b", "a~", "a~2", "a~zz", "a~2F", "a~61", "a/b", "\xff"} {
		if id, err := DecodeID(name); err == nil {
			t.Errorf("DecodeID(%q) = %q, want an error", name, id)
		}
	}
	_, err := DecodeID("a b")
	if err == nil || !strings.Contains(err.Error(), `"a~20b"`) {
		t.Errorf("error %v does not say how the name is written", err)
	}
}

func TestEveryIDHasOneNameAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := string(rapid.OneOf(
			rapid.SliceOf(rapid.Byte()),
			rapid.Map(rapid.String(), func(s string) []byte { return []byte(s) }),
		).Draw(t, "id"))
		name := EncodeID(id)
		if strings.ContainsAny(name, "/\\ %?#:<>\"'&\x00") {
			t.Errorf("EncodeID(%q) = %q is no path segment", id, name)
		}
		if back, err := DecodeID(name); err != nil || back != id {
			t.Errorf("DecodeID(%q) = %q, %v, want %q", name, back, err, id)
		}
	})
}
