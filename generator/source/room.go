package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
)

// room is where the bytes of one source go while it is fetched: files of the Store that
// are gone after the build. It holds them to the source's max_bytes and belongs to one
// goroutine.
type room struct {
	ctx         context.Context // ends a copy into the room
	store       *Store
	limit, left int64 // max_bytes and what is left of it; limit 0 is none
	wrote       func(all int64)
}

// spooled is a file of the room, open for writing.
type spooled struct {
	room *room
	name string // of the blob
	file *os.File
	size int64
}

// create opens a new file; name is that of the blob it is to become.
func (r *room) create(name string) (*spooled, error) {
	file, err := r.store.spool()
	if err != nil {
		return nil, &fault{text: "there is no room for what is fetched", detail: withoutPath(err).Error()}
	}
	return &spooled{room: r, name: name, file: file}, nil
}

// Write refuses what goes beyond max_bytes and what comes after the end of the context.
func (s *spooled) Write(p []byte) (int, error) {
	r := s.room
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	if r.limit > 0 && int64(len(p)) > r.left {
		return 0, tooLarge(r.limit)
	}
	n, err := s.file.Write(p)
	s.size += int64(n)
	r.left -= int64(n)
	r.wrote(r.limit - r.left)
	if err != nil {
		return n, &fault{text: "what is fetched cannot be written to the disk", detail: withoutPath(err).Error()}
	}
	return n, nil
}

// discard gives up a file.
func (s *spooled) discard() {
	s.room.left += s.size
	s.file.Close() // nothing of it is wanted
	os.Remove(s.file.Name())
}

// blob ends the writing.
func (s *spooled) blob(modTime time.Time) (Blob, error) {
	if err := s.file.Close(); err != nil {
		return Blob{}, &fault{text: "what is fetched cannot be written to the disk", detail: withoutPath(err).Error()}
	}
	path := s.file.Name()
	open := func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		return f, withoutPath(err)
	}
	return Blob{Name: s.name, Size: s.size, ModTime: modTime, open: open}, nil
}

// uncompressed returns a blob whose name tells that it is compressed as what it holds. It
// goes through the room, since nobody knows how much that is.
func (r *room) uncompressed(b Blob) (Blob, error) {
	open := decoderOf(b.Name)
	if open == nil {
		return b, nil
	}
	in, err := b.Open()
	if err != nil {
		return Blob{}, err
	}
	defer in.Close() // nothing was written
	out, err := r.create(b.Name)
	if err != nil {
		return Blob{}, err
	}
	if err := copyDecoded(out, in, open); err != nil {
		out.discard()
		return Blob{}, fmt.Errorf("%s: %w", b.Name, err)
	}
	return out.blob(b.ModTime)
}

// copyDecoded copies what a stream holds in compressed form. One that ends early is an error.
func copyDecoded(out io.Writer, in io.Reader, open func(io.Reader) (io.ReadCloser, error)) error {
	z, err := open(in)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, z)
	return errors.Join(err, z.Close())
}

var errNoStore = errors.New("no folder to keep it in")
