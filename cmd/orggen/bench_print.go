package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
)

// printResults prints a row per build and per floor, and the stages of the cold builds.
func printResults(to io.Writer, results []figures) error {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', tabwriter.AlignRight)
	row := func(cells ...string) { fmt.Fprintln(w, strings.Join(cells, "\t")+"\t") }
	row("size", "build", "wall", "x floor", "x cold", "CPU", "peak", "pages", "files", "written", "bytes")
	for _, r := range results {
		for i, m := range r.builds {
			row(m.cells(r.size, kinds[i].name, r)...)
		}
		row(r.floor.cells(r.size, "floor", r)...)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, r := range results {
		for i, stages := range r.stages {
			if k := kinds[i]; k.cold || k.month {
				fmt.Fprintf(to, "\n%s, stages of the %s build:%s", r.size, k.name, stagesText(stages))
			}
		}
		if _, err := fmt.Fprintf(to, "\n%s, history: %s\n", r.size, megabytes(r.history)); err != nil {
			return err
		}
	}
	return nil
}

// cells words a row of the table.
func (m measure) cells(size, build string, r figures) []string {
	return []string{
		size, build, seconds(m.wall), ratio(m.wall, r.floor.wall), ratio(m.wall, r.builds[0].wall), seconds(m.cpu),
		megabytes(m.peak), orNone(m.pages), strconv.Itoa(m.files), strconv.Itoa(m.written), megabytes(m.bytes),
	}
}

func stagesText(stages []stage) string {
	var b strings.Builder
	for _, s := range stages {
		fmt.Fprintf(&b, " %s %s", s.name, seconds(s.took))
	}
	return b.String()
}

func seconds(d time.Duration) string { return strconv.FormatFloat(d.Seconds(), 'f', 2, 64) + " s" }

func megabytes(n int64) string {
	if n == 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(n)/1e6, 'f', 1, 64) + " MB"
}

func ratio(a, b time.Duration) string {
	if b == 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(a)/float64(b), 'f', 2, 64)
}

func orNone(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}
