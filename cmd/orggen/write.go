package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// output is a file being written. The first error sticks; close returns it.
type output struct {
	path string
	file *os.File
	buf  *bufio.Writer
	err  error
}

// createFile makes the file and the folders above it.
func createFile(path string) *output {
	o := &output{path: path}
	if o.err = os.MkdirAll(filepath.Dir(path), 0o755); o.err != nil {
		return o
	}
	if o.file, o.err = os.Create(path); o.err == nil {
		o.buf = bufio.NewWriterSize(o.file, 1<<18)
	}
	return o
}

func (o *output) write(p []byte) {
	if o.err == nil {
		_, o.err = o.buf.Write(p)
	}
}

func (o *output) close() error {
	if o.buf != nil && o.err == nil {
		o.err = o.buf.Flush()
	}
	if o.file != nil {
		if err := o.file.Close(); o.err == nil {
			o.err = err
		}
	}
	if o.err != nil {
		return fmt.Errorf("write %s: %w", o.path, o.err)
	}
	return nil
}

// csvFile is a table being written: cells are appended to row, end writes it.
type csvFile struct {
	*output
	row []byte
}

// createCSV makes a table with the columns named, comma-separated, in header.
func createCSV(path, header string) *csvFile {
	f := &csvFile{output: createFile(path)}
	f.write([]byte(header + "\n"))
	return f
}

func (f *csvFile) text(s string) {
	if strings.ContainsAny(s, ",\"\r\n") || s != strings.TrimSpace(s) {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	f.row = append(f.row, s...)
	f.row = append(f.row, ',')
}

func (f *csvFile) list(ids []string) { f.text(strings.Join(ids, ";")) }

func (f *csvFile) number(n int) {
	f.row = strconv.AppendInt(f.row, int64(n), 10)
	f.row = append(f.row, ',')
}

// numberOrNone leaves the cell empty where n is below zero.
func (f *csvFile) numberOrNone(n int) {
	if n < 0 {
		f.row = append(f.row, ',')
		return
	}
	f.number(n)
}

// moment leaves the cell empty where t is zero.
func (f *csvFile) moment(t time.Time) {
	if !t.IsZero() {
		f.row = t.AppendFormat(f.row, time.RFC3339)
	}
	f.row = append(f.row, ',')
}

func (f *csvFile) flag(is bool) {
	if is {
		f.row = append(f.row, "true"...)
	}
	f.row = append(f.row, ',')
}

// end writes the row.
func (f *csvFile) end() {
	f.row[len(f.row)-1] = '\n'
	f.write(f.row)
	f.row = f.row[:0]
}

// jsonLine writes one value as a line of JSON, as people write it: with < and & as they
// are.
func jsonLine[T any](o *output, value T) {
	if o.err != nil {
		return
	}
	e := json.NewEncoder(o.buf)
	e.SetEscapeHTML(false)
	o.err = e.Encode(value)
}
