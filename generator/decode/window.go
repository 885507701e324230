package decode

import (
	"bytes"
	"io"
)

const (
	windowSize = 256 << 10
	// emptyReads is how often a reader may give nothing before it counts as broken.
	emptyReads = 100
)

// window is the part of a stream that is held in memory: the unread bytes buf[start:end].
// The buffer is reused and grows only for a record that does not fit, up to max bytes.
// Offsets count from the first unread byte and stay valid when more is read.
type window struct {
	r          io.Reader
	buf        []byte
	start, end int
	max        int // longest record
	line       int // number of the line at start
	atEnd      bool
	err        error
}

func newWindow(r io.Reader, limit int) window {
	return window{r: r, max: limit, line: 1}
}

func (w *window) unread() []byte { return w.buf[w.start:w.end] }

// more reads on. It reports false at the end of the stream, and when a record of more
// than max bytes is held already.
func (w *window) more() bool {
	if w.atEnd || w.end-w.start > w.max {
		return false
	}
	if w.start > 0 {
		w.end = copy(w.buf, w.buf[w.start:w.end])
		w.start = 0
	}
	if w.end == len(w.buf) {
		w.grow()
	}
	for range emptyReads {
		n, err := w.r.Read(w.buf[w.end:])
		w.end += n
		if err != nil {
			w.stop(err)
		}
		if n > 0 || w.atEnd {
			return n > 0
		}
	}
	w.stop(io.ErrNoProgress)
	return false
}

func (w *window) grow() {
	size := min(max(2*len(w.buf), windowSize), w.max+windowSize)
	w.buf = append(make([]byte, 0, size), w.buf...)[:size]
}

func (w *window) stop(err error) {
	w.atEnd = true
	if err != io.EOF {
		w.err = err
	}
}

// skipBOM drops a byte order mark at the start of the stream.
func (w *window) skipBOM() {
	for w.end-w.start < len(bom) && w.more() {
	}
	if bytes.HasPrefix(w.unread(), []byte(bom)) {
		w.start += len(bom)
	}
}

const bom = "\xef\xbb\xbf"

// index returns the offset of the first b at or behind from, or -1.
func (w *window) index(from int, b byte) int {
	for {
		if held := w.unread(); from < len(held) {
			if i := bytes.IndexByte(held[from:], b); i >= 0 {
				return from + i
			}
			from = len(held)
		}
		if !w.more() {
			return -1
		}
	}
}

// peek returns the unread line without its line end, and its size with it. The size of a
// line longer than max is 0: skipLong it. ok is false at the end of the stream, and where
// an I/O error cut the line short.
func (w *window) peek() (line []byte, size int, ok bool) {
	i := w.index(0, '\n')
	if i > w.max || i < 0 && w.end-w.start > w.max {
		return nil, 0, true
	}
	if i < 0 {
		line = w.unread()
		return trimCR(line), len(line), len(line) > 0 && w.err == nil
	}
	return trimCR(w.buf[w.start : w.start+i]), i + 1, true
}

func trimCR(line []byte) []byte {
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1]
	}
	return line
}

// skip leaves size bytes behind, which hold the given number of line ends.
func (w *window) skip(size, lines int) {
	w.start += size
	w.line += lines
}

// skipLong leaves the rest of the line behind without holding it.
func (w *window) skipLong() {
	for {
		if i := bytes.IndexByte(w.unread(), '\n'); i >= 0 {
			w.skip(i+1, 1)
			return
		}
		w.start = w.end
		if !w.more() {
			return
		}
	}
}
