package decode

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"uptree/generator/diag"
)

// junitReader reads the test cases of a JUnit XML report, each as one document:
//
//	{"name": "pays by card", "classname": "shop.Checkout", "time": "1.5",
//	 "suites": [{"name": "shop", "timestamp": "2025-03-01T10:00:00", "properties": {}}],
//	 "properties": {"service": "checkout"}, "outcome": "failed", "occurrence": 1,
//	 "results": [{"element": "failure", "type": "AssertionError", "message": "no receipt"}]}
//
// JUnit XML has no standard; this is what its writers agree on. The attributes of a case
// stand beside the other keys as they are written, those of the suites around it in
// "suites", the outermost first. The outcome follows from the elements in the case, which
// may be several, and never from the counts that suites state. Cases of a suite that have
// the same name are told apart by "occurrence".
type junitReader struct {
	*findings
	xml    *xml.Decoder
	rooted bool // a suite has been opened
	suites []junitSuite
	done   bool
}

// junitSuite is a suite that is being read. Documents share what they say of it.
type junitSuite struct {
	path       []any          // what the documents say of it and of the suites around it
	properties map[string]any // those of the last element of path
	seen       map[string]int // cases of each name
}

func openJUnit(f *findings, text []byte) func() (Document, bool) {
	text = f.repair(1, text)
	blankUnprintable(text)
	d := xml.NewDecoder(bytes.NewReader(text))
	// The text is valid UTF-8 by now, whatever its declaration says.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	j := &junitReader{findings: f, xml: d}
	return j.next
}

func (j *junitReader) next() (Document, bool) {
	for !j.done {
		line, _ := j.xml.InputPos()
		token, err := j.xml.Token()
		if err != nil {
			j.end(err)
			break
		}
		switch t := token.(type) {
		case xml.EndElement: // others than of suites are read with their start
			j.suites = j.suites[:len(j.suites)-1]
		case xml.StartElement:
			value, err := j.element(t)
			switch {
			case err != nil:
				j.end(err)
			case value != nil:
				return Document{line, value}, true
			}
		}
	}
	return Document{}, false
}

// end stops reading. What was read before stands.
func (j *junitReader) end(err error) {
	j.done = true
	line, _ := j.xml.InputPos()
	var syntax *xml.SyntaxError
	switch {
	case errors.Is(err, io.EOF) && j.rooted:
	case errors.Is(err, io.EOF):
		j.rejectRest(1, diag.BadRecord, "it holds no XML element")
	case errors.As(err, &syntax):
		j.rejectRest(syntax.Line, diag.BadRecord, "not valid XML: "+shorten(syntax.Msg))
	default:
		j.rejectRest(line, diag.BadRecord, shorten(err.Error()))
	}
}

// element reads what begins with t, unless it is a suite. A test case has a value.
func (j *junitReader) element(t xml.StartElement) (any, error) {
	name := t.Name.Local
	inSuite := len(j.suites) > 0
	switch {
	case name == "testsuites", name == "testsuite":
		return nil, j.openSuite(t)
	case !inSuite:
		return nil, fmt.Errorf("the root element <%s> is not that of JUnit XML: <testsuites> or <testsuite>", shorten(name))
	case name == "testcase":
		return j.testCase(t)
	case name == "properties":
		suite := &j.suites[len(j.suites)-1]
		if len(suite.seen) > 0 {
			return nil, j.xml.Skip() // documents hold the suite's properties already
		}
		return nil, j.readProperties(suite.properties)
	}
	return nil, j.xml.Skip()
}

func (j *junitReader) openSuite(t xml.StartElement) error {
	if len(j.suites) == maxDepth {
		return fmt.Errorf("suites nested deeper than %d", maxDepth)
	}
	j.rooted = true
	suite := junitSuite{properties: map[string]any{}, seen: map[string]int{}}
	var around []any
	if n := len(j.suites); n > 0 {
		around = j.suites[n-1].path
	}
	about := attributes(t)
	about["properties"] = suite.properties
	suite.path = append(slices.Clip(around), about)
	j.suites = append(j.suites, suite)
	return nil
}

func attributes(t xml.StartElement) map[string]any {
	all := make(map[string]any, len(t.Attr)+5)
	for _, a := range t.Attr {
		all[a.Name.Local] = a.Value
	}
	return all
}

// testCase reads a case to its end.
func (j *junitReader) testCase(t xml.StartElement) (any, error) {
	suite := &j.suites[len(j.suites)-1]
	properties, results := map[string]any{}, []any{}
	err := j.children(func(child xml.StartElement) error {
		switch kind := child.Name.Local; {
		case kind == "properties":
			return j.readProperties(properties)
		case slices.Contains(junitResults, kind) && len(results) < maxResults:
			results = append(results, junitResult(child))
		}
		return j.xml.Skip()
	})
	if err != nil {
		return nil, err
	}
	value := attributes(t)
	name, _ := value["name"].(string)
	class, _ := value["classname"].(string)
	key := class + "\x00" + name
	suite.seen[key]++
	maps.Copy(value, map[string]any{
		"suites": suite.path, "properties": properties, "results": results,
		"outcome": junitOutcome(results), "occurrence": json.Number(strconv.Itoa(suite.seen[key])),
	})
	return value, nil
}

// children calls each with the elements in the one that is open; each reads its own to its
// end.
func (j *junitReader) children(each func(xml.StartElement) error) error {
	for {
		token, err := j.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			if err := each(t); err != nil {
				return err
			}
		}
	}
}

// junitResults are the elements that say how a case went. The rerun ones stand beside a
// failure, the flaky ones in a case that passed when it was tried again.
var junitResults = []string{"failure", "error", "skipped", "flakyFailure", "flakyError", "rerunFailure", "rerunError"}

const (
	maxResults = 100  // of one case
	maxMessage = 1000 // bytes
	maxProps   = 1000 // properties of one case or suite
)

func junitResult(t xml.StartElement) map[string]any {
	given := attributes(t)
	result := map[string]any{"element": t.Name.Local}
	for _, key := range []string{"type", "message"} {
		if text, ok := given[key].(string); ok {
			result[key] = strings.ToValidUTF8(text[:min(len(text), maxMessage)], "")
		}
	}
	return result
}

// junitOutcome names the gravest of a case's results.
func junitOutcome(results []any) string {
	has := func(kinds ...string) bool {
		return slices.ContainsFunc(results, func(r any) bool {
			kind, _ := r.(map[string]any)["element"].(string)
			return slices.Contains(kinds, kind)
		})
	}
	switch {
	case has("failure", "error"):
		return "failed"
	case has("skipped"):
		return "skipped"
	case len(results) > 0:
		return "flaky"
	}
	return "passed"
}

// readProperties reads <property name="" value=""/>, or with its value as text.
func (j *junitReader) readProperties(into map[string]any) error {
	return j.children(func(t xml.StartElement) error {
		given := attributes(t)
		name, named := given["name"].(string)
		value, ok := given["value"].(string)
		if !named || t.Name.Local != "property" || len(into) >= maxProps {
			return j.xml.Skip()
		}
		if ok {
			into[name] = value
			return j.xml.Skip()
		}
		text, err := j.text()
		into[name] = text
		return err
	})
}

// text reads the text of the element that is open, to its end.
func (j *junitReader) text() (string, error) {
	var b strings.Builder
	for {
		token, err := j.xml.Token()
		if err != nil {
			return "", err
		}
		switch t := token.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := j.xml.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return strings.TrimSpace(b.String()), nil
		}
	}
}
