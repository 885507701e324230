package source

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
)

// Secret is a value from the environment. However it is printed, it reads "<secret>".
type Secret struct{ value string }

const masked = "<secret>"

// Format implements fmt.Formatter for all verbs.
func (Secret) Format(f fmt.State, _ rune) { io.WriteString(f, masked) }

// MarshalText keeps a Secret out of JSON and the like.
func (Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// minSecret is the length from which on a value is looked for in other text, in bytes: a
// shorter one is no secret, and would be found everywhere.
const minSecret = 6

// secrets are those of one source. What was read from the environment is taken out of all
// that the source gives and says.
type secrets struct {
	lookup func(string) (string, bool) // nil: os.LookupEnv
	forms  []string                    // as they may come back, longest first
}

// read returns the value of a variable.
func (s *secrets) read(name string) (Secret, error) {
	value, ok := s.value(name)
	if value = strings.TrimSpace(value); !ok || value == "" {
		return Secret{}, &fault{text: fmt.Sprintf("the environment variable %s is not set", name)}
	}
	s.hide(value)
	return Secret{value}, nil
}

// value looks up a variable that is no secret.
func (s *secrets) value(name string) (string, bool) {
	if s.lookup != nil {
		return s.lookup(name)
	}
	return os.LookupEnv(name)
}

// hide remembers a value in the forms in which a server may send it back.
func (s *secrets) hide(value string) {
	if len(value) < minSecret {
		return
	}
	quoted, err := json.Marshal(value)
	if err != nil {
		return // no string fails to marshal
	}
	base64 := base64.StdEncoding.EncodeToString([]byte(value))
	s.forms = append(s.forms, value, url.QueryEscape(value), url.PathEscape(value), string(quoted[1:len(quoted)-1]), base64)
	slices.SortFunc(s.forms, func(a, b string) int { return len(b) - len(a) })
	s.forms = slices.Compact(s.forms)
}

// mask returns a text without the secrets.
func (s *secrets) mask(text string) string {
	for _, form := range s.forms {
		text = strings.ReplaceAll(text, form, masked)
	}
	return text
}

// masking writes what it is given without the secrets. It holds back what may be the
// beginning of one, until flush.
type masking struct {
	to      io.Writer
	secrets *secrets
	held    []byte
}

func (m *masking) Write(p []byte) (int, error) {
	if len(m.secrets.forms) == 0 {
		return m.to.Write(p)
	}
	m.held = append(m.held, p...)
	m.replace()
	// The longest form comes first.
	if free := len(m.held) - (len(m.secrets.forms[0]) - 1); free > 0 {
		if _, err := m.to.Write(m.held[:free]); err != nil {
			return 0, err
		}
		m.held = append(m.held[:0], m.held[free:]...)
	}
	return len(p), nil
}

func (m *masking) replace() {
	for _, form := range m.secrets.forms {
		if secret := []byte(form); bytes.Contains(m.held, secret) { // ReplaceAll always copies
			m.held = bytes.ReplaceAll(m.held, secret, []byte(masked))
		}
	}
}

func (m *masking) flush() error {
	_, err := m.to.Write(m.held)
	m.held = m.held[:0]
	return err
}
