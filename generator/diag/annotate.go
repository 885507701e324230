package diag

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// maxAnnotations is how many annotations of one severity GitHub shows for a step.
const maxAnnotations = 10

// GitHub writes the problems as workflow commands: the first ten of each severity become
// annotations, and one notice counts the others.
func GitHub(w io.Writer, list List) error {
	var b strings.Builder
	shown := map[Severity]int{}
	for _, p := range list.Sorted() {
		if shown[p.Severity()]++; shown[p.Severity()] > maxAnnotations {
			continue
		}
		fmt.Fprintf(&b, "::%s %stitle=%s::%s\n", command(p.Severity()), place(p.Pos), p.Code, message(joined(p)))
	}
	for s := Error; s <= Note; s++ {
		if more := shown[s] - maxAnnotations; more > 0 {
			fmt.Fprintf(&b, "::notice title=uptree::%d more with severity %s\n", more, s)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func command(s Severity) string {
	if s == Note {
		return "notice"
	}
	return s.String()
}

func place(p Pos) string {
	if p.File == "" {
		return ""
	}
	return fmt.Sprintf("file=%s,line=%d,col=%d,", property(p.File), max(p.Line, 1), max(p.Col, 1))
}

func joined(p Problem) string {
	if p.Hint == "" {
		return p.Text
	}
	return p.Text + "\n" + p.Hint
}

func message(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}

// The parts of SARIF 2.1.0 that a log of problems needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool struct {
			Driver sarifDriver `json:"driver"`
		} `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version,omitempty"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID    string    `json:"id"`
		Short sarifText `json:"shortDescription"`
		Full  sarifText `json:"fullDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		Rule      string          `json:"ruleId"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical struct {
			Artifact struct {
				URI string `json:"uri"`
			} `json:"artifactLocation"`
			Region *sarifRegion `json:"region,omitempty"`
		} `json:"physicalLocation"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn,omitempty"`
	}
)

// SARIF writes the problems as one SARIF 2.1.0 run of the program's version.
func SARIF(w io.Writer, list List, version string) error {
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "uptree", Version: version}
	for _, e := range Codes {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{string(e.Code), sarifText{e.Title}, sarifText{e.Doc}})
	}
	for _, p := range list.Sorted() {
		run.Results = append(run.Results, sarifOf(p))
	}
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func sarifOf(p Problem) sarifResult {
	r := sarifResult{Rule: string(p.Code), Level: p.Severity().String(), Message: sarifText{joined(p)}}
	if p.Pos.File == "" {
		return r
	}
	var at sarifLocation
	at.Physical.Artifact.URI = p.Pos.File
	if p.Pos.Line > 0 {
		at.Physical.Region = &sarifRegion{p.Pos.Line, p.Pos.Col}
	}
	r.Locations = []sarifLocation{at}
	return r
}
