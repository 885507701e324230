package ingest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"testing"

	"uptree/generator/config"
	"uptree/generator/history"
	"uptree/generator/model"
)

// benchCSV returns days of results of many tests, as systems export them: test by test.
func benchCSV(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("test,service,day,location,passed,failed,flaky,skipped\n")
	for i := range rows {
		test := i / 365
		day := model.Day(20000 + i%365)
		fmt.Fprintf(&b, "check-%d,service-%d,%s,eu-north,%d,%d,%d,0\n", test, test/3, day, 280+i%9, i%3, i%2)
	}
	return b.Bytes()
}

// benchRuns is the same with single runs in RFC 3339 and links.
func benchRuns(rows int) []byte {
	var b bytes.Buffer
	b.WriteString("test,service,started,location,passed,failed,duration,url\n")
	for i := range rows {
		fmt.Fprintf(&b, "check-%d,service-%d,2025-%02d-%02dT%02d:%02d:05.123Z,eu-north,1,0,1.25,https://checks.example.com/runs\n",
			i%50, i%50/3, 1+i/40320%12, 1+i/1440%28, i/60%24, i%60)
	}
	return b.Bytes()
}

const benchRows = 200_000

func BenchmarkSynthetics(b *testing.B) {
	z := testZones(b)
	for _, data := range []struct {
		name  string
		bytes []byte
	}{{"days", benchCSV(benchRows)}, {"runs", benchRuns(benchRows)}} {
		b.Run(data.name, func(b *testing.B) {
			b.SetBytes(int64(len(data.bytes)))
			b.ReportAllocs()
			for b.Loop() {
				in := &intake{batch: &model.Batch{}, clock: clock{cal: z.site}, severities: &config.Severities{}, room: history.NewRoom()}
				if err := in.readFlat(b.Context(), bytes.NewReader(data.bytes), "csv", model.Synthetics); err != nil || in.accepted != benchRows {
					b.Fatal(err, in.accepted, in.rejects)
				}
			}
			b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
		b.Run(data.name+" with encoding/csv into nothing", func(b *testing.B) {
			b.SetBytes(int64(len(data.bytes)))
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(data.bytes))
				for {
					if _, err := r.Read(); err == io.EOF {
						break
					}
				}
			}
			b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

// TestResultsAllocateNothing: what a file of results costs is what is kept of it, for the
// model and for history.
func TestResultsAllocateNothing(t *testing.T) {
	z := testZones(t)
	data := benchRuns(20_000)
	allocs := testing.AllocsPerRun(3, func() {
		in := &intake{batch: &model.Batch{}, clock: clock{cal: z.site}, severities: &config.Severities{}, room: history.NewRoom()}
		if err := in.readFlat(t.Context(), bytes.NewReader(data), "csv", model.Synthetics); err != nil || in.accepted != 20_000 {
			t.Fatal(err, in.accepted, in.rejects)
		}
	})
	if allocs > 20_000/2 { // 2,400; under the race detector a sync.Pool forgets at random
		t.Errorf("%.0f allocations for 20,000 rows", allocs)
	}
}
