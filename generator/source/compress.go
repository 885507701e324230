package source

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds the memory that a zstd stream may ask for, in bytes.
const maxWindow = 128 << 20

// newZstd decodes a zstd stream without goroutines of its own.
func newZstd(r io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
}

// openCompressed opens a kept file. A truncated or damaged one is an error while it is read.
func openCompressed(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	z, err := newZstd(f)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return struct {
		io.Reader
		io.Closer
	}{z, closers{z.IOReadCloser(), f}}, nil
}

// closers closes all of several.
type closers []io.Closer

func (c closers) Close() error {
	var err error
	for _, one := range c {
		err = errors.Join(err, one.Close())
	}
	return err
}

// decoders is the table of compressions, by extension.
var decoders = []struct {
	extension string
	open      func(io.Reader) (io.ReadCloser, error)
}{
	{".gz", func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(bufio.NewReader(r)) }},
	{".zst", unzstd},
}

func unzstd(r io.Reader) (io.ReadCloser, error) {
	z, err := newZstd(r)
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// decoderOf returns what opens a file with the extension of a compression, or nil.
func decoderOf(name string) func(io.Reader) (io.ReadCloser, error) {
	for _, d := range decoders {
		if strings.HasSuffix(strings.ToLower(name), d.extension) {
			return d.open
		}
	}
	return nil
}
