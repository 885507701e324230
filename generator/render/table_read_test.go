package render

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"uptree/generator/report"
)

// readRow is a row of a chart's table as a browser reads it.
type readRow struct {
	head  string
	cells []string
}

// readRows reads the body of a table; the end tags that HTML lets out are the parser's.
func readRows(t interface{ Fatal(...any) }, table []byte) (rows []readRow) {
	doc, err := html.Parse(bytes.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Data != "tr" || n.Parent.Data != "tbody" {
			continue
		}
		var row readRow
		for cell := range n.ChildNodes() {
			switch cell.Data {
			case "th":
				row.head = firstText(cell)
			case "td":
				row.cells = append(row.cells, firstText(cell))
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// firstText is a cell without the small print behind its text.
func firstText(cell *html.Node) string {
	if cell.FirstChild == nil {
		return ""
	}
	return strings.TrimSuffix(cell.FirstChild.Data, " ")
}

// expanded gives each of the labels its own row: a row for a run of points stands for all
// of them.
func expanded(rows []readRow, labels []string) (out []readRow) {
	for _, row := range rows {
		first, last, run := strings.Cut(row.head, " – ")
		if !run {
			last = first
		}
		for open := false; len(labels) > len(out); {
			label := labels[len(out)]
			open = open || label == first
			if !open {
				return out
			}
			out = append(out, row)
			if label == last {
				break
			}
		}
	}
	return out
}

func TestQuietPointsShareARow(t *testing.T) {
	c := busyChart(0)
	c.X, c.Series = c.X[:7], c.Series[:1]
	c.Series[0].Values = []float64{0, 0, 0, 3600, 3600, 0, 0}
	for kind, want := range map[report.ChartKind]string{
		// Of amounts two equal days stay two rows: one would read as their sum.
		report.ChartBar: "1 Jan – 3 Jan: 0 min; 4 Jan: 1 h; 5 Jan: 1 h; 6 Jan – 7 Jan: 0 min",
		// A level that stays is one row.
		report.ChartLine: "1 Jan – 3 Jan: 0 min; 4 Jan – 5 Jan: 1 h; 6 Jan – 7 Jan: 0 min",
	} {
		c.Kind = kind
		var got []string
		for _, row := range readRows(t, AppendTable(nil, c)) {
			got = append(got, row.head+": "+row.cells[0])
		}
		if strings.ReplaceAll(strings.Join(got, "; "), "\u00a0", " ") != want {
			t.Errorf("%s: %q\nwant %q", kind, got, want)
		}
	}
}
