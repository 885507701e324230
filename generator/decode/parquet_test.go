package decode

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/deprecated"
)

// written returns a Parquet file of rows.
func written[T any](t testing.TB, rows []T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, options...)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type usage struct {
	ID      string           `parquet:"id,dict"`
	Note    *string          `parquet:"note,optional,zstd"`
	Tags    []string         `parquet:"tags,list,snappy"`
	Cost    int64            `parquet:"cost,decimal(4:18)"`
	Big     [16]byte         `parquet:"big,decimal(2:38)"`
	At      time.Time        `parquet:"at,timestamp(microsecond)"`
	Local   int64            `parquet:"local,timestamp(millisecond:local)"`
	Old     deprecated.Int96 `parquet:"old"`
	Day     int32            `parquet:"day,date"`
	Clock   int64            `parquet:"clock,time(microsecond)"`
	Share   float64          `parquet:"share,gzip"`
	Small   float32          `parquet:"small"`
	Count   uint64           `parquet:"count,delta"`
	Open    bool             `parquet:"open"`
	UUID    [16]byte         `parquet:"uuid,uuid"`
	Raw     [3]byte          `parquet:"raw"`
	Window  struct{ From, To int64 }
	Dates   []int32             `parquet:"dates,list"`
	Deep    []struct{ A []int } `parquet:"deep"`
	Letters string              `parquet:"letters"`
}

func usages() []usage {
	note := "a \"note\"\n"
	negative := [16]byte{}
	for i := range negative {
		negative[i] = 0xff
	}
	negative[15] = 0x85 // -123
	at := time.Date(2025, 3, 1, 10, 20, 30, 123456000, time.UTC)
	first := usage{
		ID: "A", Note: &note, Tags: []string{"x", "y"}, Cost: -12345, Big: negative, At: at, Local: at.UnixMilli(), Old: deprecated.Int96{80_000_000, 0, 2460736},
		Day: 20148, Clock: 3_600_000_001, Share: 0.1, Small: 0.1, Count: math.MaxUint64, Open: true, UUID: [16]byte{1, 2, 15: 9}, Raw: [3]byte{1, 2, 255}, Dates: []int32{1, 2}, Letters: "æ",
	}
	first.Window.From, first.Window.To = 1, 2
	return []usage{first, {ID: "B", Cost: 5, Share: math.NaN(), At: time.Unix(0, 0)}, {ID: "A", Tags: []string{"z"}, Cost: 1e17, Share: 1e300}}
}

func TestParquetDocuments(t *testing.T) {
	got := dumpDocs(t, "parquet", bytes.NewReader(written(t, usages()[:1])), DocOptions{File: "in"})
	want := []string{
		`1: {"Window.From":1,"Window.To":2,"at":"2025-03-01T10:20:30.123456Z","big":-1.23,"clock":"01:00:00.000001","cost":-1.2345,"count":18446744073709551615,"dates":[1,2],"day":"2025-03-01",` +
			`"id":"A","letters":"æ","local":"2025-03-01T10:20:30.123","note":"a \"note\"\n","old":"2025-03-01T00:00:00.08Z","open":true,"raw":"0102ff","share":0.1,"small":0.1,"tags":["x","y"],"uuid":"01020000-0000-0000-0000-000000000009"}`,
		`D102 0:0 column "deep.A" is a list of lists and not read`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// parquetRecords reads fields as "row: kind text" of each record.
func parquetRecords(t testing.TB, data []byte, o Options) string {
	t.Helper()
	r, _ := Flat("parquet", bytes.NewReader(data), o)
	var b strings.Builder
	for r.Next() {
		fmt.Fprintf(&b, "%d:", r.Record().Line)
		for _, v := range r.Record().Values {
			fmt.Fprintf(&b, " %d %s;", v.Kind, v.Text)
		}
		b.WriteByte('\n')
	}
	for _, x := range r.Rejects() {
		fmt.Fprintf(&b, "%d! %s\n", x.Line, x.Reason)
	}
	for _, p := range r.Problems() {
		fmt.Fprintf(&b, "%s %s %s\n", p.Code, p.Text, p.Hint)
	}
	return b.String()
}

func TestParquetRecords(t *testing.T) {
	type row struct {
		ID   string   `parquet:"id"`
		Note *string  `parquet:"note,optional"`
		Tags []string `parquet:"tags"`
		Cost int64    `parquet:"cost,decimal(2:18)"`
	}
	bad := "caf\xe9"
	rows := []row{{"A", nil, []string{"x\"", "y"}, 150}, {"B", &bad, nil, -7}, {"C", nil, []string{strings.Repeat("z", 500)}, 1}, {"D", nil, []string{"z"}, 1}}
	got := parquetRecords(t, written(t, rows, parquet.MaxRowsPerRowGroup(2)), Options{File: "in", Fields: []string{"tags", "id", "notes", "cost", "gone"}, Optional: []bool{false, false, false, false, true}, MaxRecord: 300})
	const want = `1: 5 ["x\"","y"]; 2 A; 0 ; 3 1.50; 0 ;
2: 5 []; 2 B; 0 ; 3 -0.07; 0 ;
4: 5 ["z"]; 2 D; 0 ; 3 0.01; 0 ;
3! longer than 300 bytes
D102 column "note" is not used did you mean "notes"?
D103 no column "notes" is it the column "note"? then rename it in the file, or name it under columns
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := parquetRecords(t, written(t, rows[:2]), Options{File: "in", Fields: []string{"note"}}); !strings.HasPrefix(got, "1: 1 ;\n2: 2 caf\uFFFD;\nD1") || !strings.Contains(got, "D105 byte 0xe9") {
		t.Error(got)
	}
}

func TestParquetOfManyPages(t *testing.T) {
	type row struct {
		ID   int64   `parquet:"id"`
		Tags []int64 `parquet:"tags"`
	}
	var rows []row
	for i := range int64(5000) {
		rows = append(rows, row{i, []int64{i, i + 1, i + 2}[:i%4]})
	}
	data := written(t, rows, parquet.PageBufferSize(256), parquet.MaxRowsPerRowGroup(1500), parquet.DataPageVersion(1))
	r, _ := Flat("parquet", bytes.NewReader(data), Options{Fields: []string{"id", "tags"}})
	n := 0
	for ; r.Next(); n++ {
		v := r.Record().Values
		want := strings.ReplaceAll(fmt.Sprint(rows[n].Tags), " ", ",")
		if string(v[0].Text) != fmt.Sprint(n) || string(v[1].Text) != want {
			t.Fatalf("row %d is %s %s, want %s", n, v[0].Text, v[1].Text, want)
		}
	}
	if n != len(rows) || len(r.Rejects()) > 0 {
		t.Errorf("%d rows, rejects %v", n, r.Rejects())
	}
}

func TestParquetThatCannotBeRead(t *testing.T) {
	good := written(t, usages())
	cut := func(at int) []byte { return append(bytes.Clone(good[:at]), "PAR1"...) }
	large := bytes.Clone(good)
	binary.LittleEndian.PutUint32(large[len(large)-8:], math.MaxUint32)
	deep := append([]byte("PAR1"), bytes.Repeat([]byte{0x1c}, 1<<20)...)
	deep = append(binary.LittleEndian.AppendUint32(deep, 1<<20), "PAR1"...)
	list := append([]byte("PAR1\x19\xfc\xff\xff\xff\xff\x07"), 0)
	list = append(binary.LittleEndian.AppendUint32(list, 8), "PAR1"...)
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"nothing", nil, "not a Parquet file"},
		{"a page in its place", []byte("<html>Sign in</html>"), "not a Parquet file"},
		{"a file that breaks off", good[:len(good)/2], "not a Parquet file"},
		{"metadata that lie about their size", large, "metadata larger than the file"},
		{"metadata that are something else", cut(len(good) / 2), "metadata"},
		{"metadata of a million levels", deep, "not well formed"},
		{"metadata of two billion elements", list, "not well formed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := dumpDocs(t, "parquet", bytes.NewReader(c.in), DocOptions{})
			if len(got) != 1 || !strings.HasPrefix(got[0], "1! ") || !strings.Contains(got[0], c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestParquetWithWhatIsNotRead: what few programs write is refused by name, not guessed at.
func TestParquetWithWhatIsNotRead(t *testing.T) {
	type row struct {
		ID string `parquet:"id,delta"`
	}
	got := parquetRecords(t, written(t, []row{{"A"}}), Options{Fields: []string{"id"}})
	if !strings.Contains(got, `1! column "id": a page that cannot be read: its compression (UNCOMPRESSED), its encoding (DELTA_BYTE_ARRAY)`) {
		t.Error(got)
	}
	type plain struct {
		ID string `parquet:"id"`
	}
	got = parquetRecords(t, written(t, []plain{{"A"}}, parquet.Compression(&parquet.Brotli)), Options{Fields: []string{"id"}})
	if !strings.Contains(got, "compression (BROTLI)") && !strings.Contains(got, "cannot be read") {
		t.Error(got)
	}
}

// TestAuditOfPages: what would make the library ask for memory without end is refused.
func TestAuditOfPages(t *testing.T) {
	bomb := binary.AppendUvarint(nil, math.MaxInt32<<1)
	for _, c := range []struct {
		name string
		ok   bool
	}{
		{"a run of two billion values", auditRuns(append(bomb, 1), 8, 1000)},
		{"packed values of two billion groups", auditRuns(binary.AppendUvarint(nil, math.MaxInt32<<1|1), 0, 1000)},
		{"a run without its value", auditRuns([]byte{8}, 8, 1000)},
		{"a delta of two billion values", auditDelta(append([]byte{128, 1, 4}, binary.AppendUvarint(nil, math.MaxInt32)...), 1000)},
		{"a delta without blocks", auditDelta([]byte{0, 0, 1, 0}, 1000)},
		{"a width of 255 bits", auditValues([]byte{255, 2}, 1, 8)},
	} {
		if c.ok {
			t.Errorf("%s passes", c.name)
		}
	}
	if !auditRuns([]byte{20, 7, 3, 1}, 8, 10) && !auditRuns([]byte{20, 7}, 8, 10) {
		t.Error("a run of ten values does not pass")
	}
}

func FuzzParquet(f *testing.F) {
	f.Add(written(f, usages()))
	f.Add(written(f, usages(), parquet.DataPageVersion(1), parquet.PageBufferSize(64)))
	f.Add(written(f, usages(), parquet.MaxRowsPerRowGroup(1), parquet.Compression(&parquet.Snappy)))
	f.Add(written(f, usages(), parquet.Compression(&parquet.Gzip)))
	f.Fuzz(func(t *testing.T, in []byte) {
		d, _ := Documents("parquet", bytes.NewReader(in), DocOptions{})
		n := 0
		for d.Next() {
			if n++; d.Doc().Line < n {
				t.Fatalf("document %d is row %d", n, d.Doc().Line)
			}
		}
		if d.Err() != nil {
			t.Fatal(d.Err())
		}
	})
}
