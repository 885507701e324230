package decode

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// parquetFile reads a file row by row, column by column.
type parquetFile struct {
	data    []byte
	file    *parquet.File
	columns []parquetColumn // all of the file, then those to read
	group   int             // number of the next row group
	left    int64           // rows of the one before
	most    int             // bytes of one row
	text    []byte          // of the row
	size    int             // of the row; more than most if it is not in text as a whole
	spent   int64           // bytes so far, see maxParquetBytes
	scratch bytes.Buffer
}

// parquetColumn is a column and where reading it is.
type parquetColumn struct {
	name   string
	leaf   *parquet.Column
	list   bool
	text   parquetText // nil: not read
	values []Value     // of the row: one, or those of its list
	pages  parquet.Pages
	page   parquet.Page
	reader parquet.ValueReader
	buffer []parquet.Value
	unread []parquet.Value // of the buffer
}

func openParquet(data []byte) (*parquetFile, *fault) {
	if _, bad := parquetMetadata(data); bad != nil {
		return nil, bad
	}
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, &fault{1, "not a Parquet file that can be read: " + shorten(err.Error())}
	}
	f := &parquetFile{data: data, file: file}
	f.leaves(file.Root())
	if len(f.columns) > maxColumns {
		return nil, &fault{1, fmt.Sprintf("more than %d columns", maxColumns)}
	}
	return f, nil
}

func (f *parquetFile) leaves(c *parquet.Column) {
	for _, child := range c.Columns() {
		if !child.Leaf() {
			f.leaves(child)
			continue
		}
		column := parquetColumn{name: parquetName(child), leaf: child, list: child.MaxRepetitionLevel() > 0}
		if child.MaxRepetitionLevel() < 2 {
			column.text = parquetTextOf(child)
		}
		f.columns = append(f.columns, column)
	}
}

// next reads a row into the columns' values. Reason is why the rest cannot be read.
func (f *parquetFile) next() (more bool, reason string) {
	for f.left == 0 {
		if f.group == len(f.file.RowGroups()) {
			return false, ""
		}
		if reason := f.nextGroup(); reason != "" {
			return false, reason
		}
	}
	f.left--
	f.text, f.size = f.text[:0], 0
	for i := range f.columns {
		if reason := f.cell(&f.columns[i]); reason != "" {
			return false, reason
		}
	}
	if f.spent += int64(f.size); f.spent > maxParquetBytes {
		return false, "more text than is read"
	}
	return true, ""
}

// nextGroup looks through the next row group and begins to read it.
func (f *parquetFile) nextGroup() (reason string) {
	group := f.file.RowGroups()[f.group]
	about := &f.file.Metadata().RowGroups[f.group]
	f.left = about.NumRows
	f.group++
	if f.left < 0 || len(f.columns) == 0 {
		return "rows without columns"
	}
	for i := range f.columns {
		c := &f.columns[i]
		c.close()
		meta := &about.Columns[c.leaf.Index()].MetaData
		if audit := newPageAudit(c.leaf, meta, &f.scratch, &f.spent); f.left > 0 {
			if reason := audit.chunk(f.data, meta); reason != "" {
				return fmt.Sprintf("column %q: %s", shorten(c.name), reason)
			}
		}
		c.pages = group.ColumnChunks()[c.leaf.Index()].Pages()
	}
	return ""
}

func (c *parquetColumn) close() {
	c.release()
	if c.pages != nil {
		c.pages.Close() // of bytes in memory
	}
	c.unread = nil
}

func (c *parquetColumn) release() {
	if c.page != nil {
		parquet.Release(c.page)
	}
	c.page, c.reader = nil, nil
}

// cell reads what a column has in the row.
func (f *parquetFile) cell(c *parquetColumn) (reason string) {
	c.values = c.values[:0]
	for first := true; ; first = false {
		v, ok, err := c.peek()
		switch {
		case err != nil:
			return fmt.Sprintf("column %q: %s", shorten(c.name), shorten(err.Error()))
		case !ok && first:
			return fmt.Sprintf("column %q ends before its rows", shorten(c.name))
		case !ok, !first && v.RepetitionLevel() == 0:
			return ""
		}
		c.unread = c.unread[1:]
		f.keep(c, v)
		if !c.list {
			return ""
		}
	}
}

// keep puts a value into the row, as long as that is not too large.
func (f *parquetFile) keep(c *parquetColumn, v parquet.Value) {
	const each = 16 // that a value takes beside its text
	f.size += each
	switch kind := v.Kind(); {
	case v.IsNull():
		if !c.list {
			c.values = append(c.values, Value{Kind: Null})
		}
		return
	case kind == parquet.ByteArray || kind == parquet.FixedLenByteArray:
		f.size += len(v.ByteArray())
	}
	if f.size > f.most {
		return
	}
	from := len(f.text)
	text, kind := c.text(f.text, v)
	f.text = text
	c.values = append(c.values, Value{kind, text[from:len(text):len(text)]})
}

const valuesPerRead = 512

// peek returns the next value of a column. ok is false at the end of the row group.
func (c *parquetColumn) peek() (v parquet.Value, ok bool, err error) {
	for len(c.unread) == 0 {
		if c.reader == nil {
			page, err := c.pages.ReadPage()
			if errors.Is(err, io.EOF) {
				return v, false, nil
			}
			if err != nil {
				return v, false, err
			}
			c.page, c.reader = page, page.Values()
		}
		if c.buffer == nil {
			c.buffer = make([]parquet.Value, valuesPerRead)
		}
		n, err := c.reader.ReadValues(c.buffer)
		c.unread = c.buffer[:n]
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return v, false, err
		case n == 0:
			c.release()
		}
	}
	return c.unread[0], true, nil
}
