package decode

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"testing"
)

// pointsCSV is n rows of daily measurements, the bulk of what uptree reads.
func pointsCSV(n int) []byte {
	var b bytes.Buffer
	b.WriteString("test,service,day,good,total,environment\n")
	for i := range n {
		fmt.Fprintf(&b, "checkout-%d,service-%d,2025-03-%02d,%d,288,production\n", i%900, i%4000, i%28+1, 288-i%3)
	}
	return b.Bytes()
}

// incidentsCSV is n incidents with free text in quotes.
func incidentsCSV(n int) []byte {
	var b bytes.Buffer
	b.WriteString("id,title,severity,started,resolved,services\n")
	for i := range n {
		fmt.Fprintf(&b, "INC-%d,\"Payments slow, \"\"timeouts\"\" at %d\",sev2,2025-03-%02dT10:00:00Z,2025-03-%02dT11:30:00Z,\"cards;payouts\"\n", i, i, i%28+1, i%28+1)
	}
	return b.Bytes()
}

var csvInputs = []struct {
	name   string
	data   []byte
	fields []string
}{
	{"points", pointsCSV(100_000), []string{"test", "service", "day", "good", "total", "environment"}},
	{"quoted", incidentsCSV(40_000), []string{"id", "title", "severity", "started", "resolved", "services"}},
}

func BenchmarkCSV(b *testing.B) {
	for _, in := range csvInputs {
		b.Run(in.name+"/uptree", func(b *testing.B) {
			b.SetBytes(int64(len(in.data)))
			b.ReportAllocs()
			for b.Loop() {
				r := newCSV(bytes.NewReader(in.data), Options{Fields: in.fields})
				for r.Next() {
				}
				if len(r.Rejects()) > 0 {
					b.Fatal(r.Rejects()[0])
				}
			}
		})
		b.Run(in.name+"/encoding-csv", func(b *testing.B) {
			b.SetBytes(int64(len(in.data)))
			b.ReportAllocs()
			for b.Loop() {
				r := csv.NewReader(bytes.NewReader(in.data))
				r.ReuseRecord = true
				for {
					if _, err := r.Read(); err == io.EOF {
						break
					} else if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// incidentsJSONL is n incidents with a member nobody asks for.
func incidentsJSONL(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"id":"INC-%d","title":"Payments slow, \"timeouts\"","severity":"sev2","started":"2025-03-%02dT10:00:00Z","planned":false,"customers":%d,"services":["cards","payouts"],"url":"https://incidents.example/INC-%d"}`+"\n", i, i%28+1, i, i)
	}
	return b.Bytes()
}

func BenchmarkJSONL(b *testing.B) {
	data := incidentsJSONL(40_000)
	b.Run("uptree", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			r := newJSONL(bytes.NewReader(data), Options{Fields: []string{"id", "title", "severity", "started", "planned", "customers", "services"}})
			for r.Next() {
			}
			if len(r.Rejects()) > 0 {
				b.Fatal(r.Rejects()[0])
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			dec := json.NewDecoder(bytes.NewReader(data))
			for {
				var rec struct {
					ID, Title, Severity, Started string
					Planned                      bool
					Customers                    json.Number
					Services                     json.RawMessage
				}
				if err := dec.Decode(&rec); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
