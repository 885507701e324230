package render

import (
	"encoding/json"
	"path"
	"regexp"
	"strings"
	"testing"
)

var registration = regexp.MustCompile(`^\(window\.uptree=window\.uptree\|\|\{\}\)\.\w+=`)

// TestScriptsRegisterData: a script that the build writes is one assignment of data; a slip
// in it would be a page whose search or whose charts are silent.
func TestScriptsRegisterData(t *testing.T) {
	seen := 0
	for name, content := range files(t, tiny(t, asOf), theme(t, bundle), 1) {
		head := registration.FindString(content)
		if path.Ext(name) != ".js" || head == "" {
			continue
		}
		seen++
		data := strings.TrimSuffix(strings.TrimSpace(content[len(head):]), ";")
		if !json.Valid([]byte(data)) {
			t.Errorf("%s does not register data: %.120s", name, content)
		}
	}
	if seen < 4 {
		t.Errorf("only %d scripts register data", seen)
	}
}
