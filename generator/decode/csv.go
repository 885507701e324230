package decode

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math/bits"

	"uptree/generator/diag"
)

// csvReader reads RFC 4180: cells in quotes may hold separators, line ends and doubled
// quotes. Cells point into the window, or into text where doubled quotes had to be
// removed.
//
// It goes beyond the RFC where programs that write CSV do: a byte order mark and blank
// lines are skipped, lines may end in LF, and the separator may be a semicolon or a tab.
type csvReader struct {
	findings
	in      window
	o       Options
	all     bool // every column is a field
	opened  bool
	comma   byte
	columns int   // cells of the header
	field   []int // column -> index of its field; -1 where not asked for
	rec     Record
	text    []byte // the record's cells with doubled quotes
	hasCR   bool   // the record holds a carriage return
}

func newCSV(r io.Reader, o Options) Reader {
	return openCSV(r, o)
}

func openCSV(r io.Reader, o Options) *csvReader {
	if o.MaxRecord == 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	return &csvReader{findings: findings{file: o.File}, in: newWindow(r, o.MaxRecord), o: o, comma: ','}
}

func (c *csvReader) Record() *Record { return &c.rec }
func (c *csvReader) Err() error      { return readError(c.file, c.in.err) }

func (c *csvReader) Next() bool {
	if !c.opened {
		c.opened = true
		if !c.open() {
			return false
		}
	}
	for {
		line, size, ok := c.nextLine()
		switch {
		case !ok:
			return false
		case size == 0:
			c.tooLarge(c.rec.Line, c.in.max)
			c.in.skipLong()
		case c.read(line, size):
			return true
		}
	}
}

// nextLine finds the next line that is not blank, and notes where it stands.
func (c *csvReader) nextLine() (line []byte, size int, ok bool) {
	for {
		line, size, ok = c.in.peek()
		c.rec.Line = c.in.line
		if !ok || size == 0 || !isBlank(line) {
			return line, size, ok
		}
		c.in.skip(size, 1)
	}
}

func isBlank(line []byte) bool {
	return len(line) == 0 || line[0] == ' ' && len(bytes.TrimLeft(line, " ")) == 0
}

// read reads the record that starts with line and leaves it behind. It reports false if
// the record was rejected.
func (c *csvReader) read(line []byte, size int) bool {
	cells, lines := 0, 1
	if bytes.IndexByte(line, '"') < 0 {
		cells = c.plain(line)
	} else {
		n, raw, whole, reason := c.quoted(line, size)
		if reason != "" {
			c.malformed(reason, size)
			return false
		}
		cells, line, size = n, raw, whole
		lines += bytes.Count(line, newline)
	}
	c.in.skip(size, lines)
	switch {
	case len(line) > c.in.max:
		c.tooLarge(c.rec.Line, c.in.max)
		return false
	case cells != c.columns:
		c.reject(c.rec.Line, diag.BadRecord, c.wrongCount(cells))
		return false
	}
	c.repairValues(c.rec.Values, c.rec.Line, line)
	return true
}

// malformed rejects a line of the given size, unless it only seems to be malformed
// because reading broke off.
func (c *csvReader) malformed(reason string, size int) {
	if c.in.err == nil {
		c.reject(c.rec.Line, diag.BadRecord, reason)
	}
	c.in.skip(size, 1)
}

var newline = []byte{'\n'}

func (c *csvReader) wrongCount(cells int) string {
	unit := "cells"
	if cells == 1 {
		unit = "cell"
	}
	return fmt.Sprintf("%d %s where the header has %d", cells, unit, c.columns)
}

// plain splits a record without quotes and returns how many cells it has. It finds the
// separators eight bytes at a time.
func (c *csvReader) plain(line []byte) int {
	col, from, i := 0, 0, 0
	commas := everyByte * uint64(c.comma)
	for ; i+8 <= len(line); i += 8 {
		found := zeroBytes(binary.LittleEndian.Uint64(line[i:]) ^ commas)
		for ; found != 0; found &= found - 1 {
			end := i + bits.TrailingZeros64(found)/8
			c.set(col, line[from:end])
			col, from = col+1, end+1
		}
	}
	for ; i < len(line); i++ {
		if line[i] == c.comma {
			c.set(col, line[from:i])
			col, from = col+1, i+1
		}
	}
	c.set(col, line[from:])
	return col + 1
}

func (c *csvReader) set(col int, cell []byte) {
	if col < len(c.field) && c.field[col] >= 0 {
		c.rec.Values[c.field[col]].Text = cell
	}
}
