package decode

import (
	"bytes"
	"fmt"
)

const notClosed = "the quote is not closed"

// quoted reads the record that starts with line, of the given size with its line end,
// and holds quotes. It returns the record's cells and bytes, or the reason why it is none.
func (c *csvReader) quoted(line []byte, size int) (cells int, raw []byte, whole int, reason string) {
	cells, reason = c.split(line)
	if reason == notClosed {
		if whole = c.closing(size); whole > 0 {
			size = whole
			line = trimCR(bytes.TrimSuffix(c.in.unread()[:size], newline))
			cells, reason = c.split(line)
		}
	}
	if reason != "" {
		reason = fmt.Sprintf("cell %d: %s", cells+1, reason)
	}
	return cells, line, size, reason
}

// closing returns the size of the lines up to the first at whose end every quote is
// closed, or 0 if there is none within the bounds of a record. Doubled quotes do not
// matter, as they come in pairs.
func (c *csvReader) closing(size int) int {
	quotes := bytes.Count(c.in.unread()[:size], quote)
	for {
		end := c.in.index(size, '\n') + 1
		if end == 0 && c.in.atEnd {
			end = len(c.in.unread())
		}
		if end <= size {
			return 0
		}
		quotes += bytes.Count(c.in.unread()[size:end], quote)
		size = end
		if quotes%2 == 0 {
			return size
		}
	}
}

var quote = []byte{'"'}

// split cuts a record into cells. With a reason it returns the index of the bad cell.
func (c *csvReader) split(raw []byte) (cells int, reason string) {
	c.text, c.hasCR = c.text[:0], bytes.IndexByte(raw, '\r') >= 0
	for pos := 0; ; cells++ {
		cell, next, reason := c.cell(raw, pos)
		if reason != "" {
			return cells, reason
		}
		c.set(cells, cell)
		if next == len(raw) {
			return cells + 1, ""
		}
		pos = next + 1
	}
}

// cell reads the cell at pos. next is the offset of the separator behind it, or the end.
func (c *csvReader) cell(raw []byte, pos int) (cell []byte, next int, reason string) {
	if pos < len(raw) && raw[pos] == '"' {
		return c.inQuotes(raw, pos+1)
	}
	i := pos + indexEither(raw[pos:], c.comma, '"')
	if i < len(raw) && raw[i] == '"' {
		return nil, i, "a quote inside a cell that does not start with one"
	}
	return raw[pos:i], i, ""
}

// inQuotes reads the cell whose opening quote stands before pos.
func (c *csvReader) inQuotes(raw []byte, pos int) (cell []byte, next int, reason string) {
	start, copied := len(c.text), false
	for {
		i := bytes.IndexByte(raw[pos:], '"')
		if i < 0 {
			return nil, 0, notClosed
		}
		cell, next = raw[pos:pos+i], pos+i+1
		doubled := next < len(raw) && raw[next] == '"'
		if doubled || copied || c.hasCR {
			c.appendLines(cell)
			cell, copied = c.text[start:], true
		}
		switch {
		case doubled:
			c.text = append(c.text, '"')
			pos = next + 1
		case next == len(raw) || raw[next] == c.comma:
			return cell, next, ""
		default:
			return nil, next, "text behind a closing quote"
		}
	}
}

// appendLines appends text from inside quotes, its line ends as LF, so that a value does
// not depend on the system that wrote the file.
func (c *csvReader) appendLines(text []byte) {
	for c.hasCR {
		i := bytes.Index(text, []byte("\r\n"))
		if i < 0 {
			break
		}
		c.text = append(append(c.text, text[:i]...), '\n')
		text = text[i+2:]
	}
	c.text = append(c.text, text...)
}
