package source

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/sync/errgroup"
)

// File is a file that a Store keeps for the program itself, beside the copies of sources.
type File struct {
	Name   string
	Size   int64
	SHA256 [32]byte
	open   func() (io.ReadCloser, error)
	packed []byte // the content, compressed, until it is kept
}

// NewFile returns a file with some content, not kept yet.
func NewFile(name string, content []byte) File {
	f, err := WriteFile(name, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
	if err != nil {
		panic(err) // nothing but memory is written
	}
	return f
}

// WriteFile returns a file with the content that write makes, not kept yet. It is held in
// memory compressed. The error is that of write.
func WriteFile(name string, write func(io.Writer) error) (File, error) {
	var packed bytes.Buffer
	z, err := zstd.NewWriter(&packed, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(packWindow))
	if err != nil {
		return File{}, err
	}
	f, hash := File{Name: name}, sha256.New()
	err = write(io.MultiWriter(z, hash, counter{&f.Size}))
	if err = errors.Join(err, z.Close()); err != nil {
		return File{}, err
	}
	hash.Sum(f.SHA256[:0])
	f.packed = packed.Bytes()
	f.open = func() (io.ReadCloser, error) { return unzstd(bytes.NewReader(f.packed)) }
	return f, nil
}

// packWindow is how far back WriteFile looks for what repeats, in bytes.
const packWindow = 256 << 10

type counter struct{ n *int64 }

func (c counter) Write(p []byte) (int, error) {
	*c.n += int64(len(p))
	return len(p), nil
}

// Open returns the content, to be closed by the caller.
func (f *File) Open() (io.ReadCloser, error) { return f.open() }

// maxRoom bounds the room that is made for a file at once, in bytes: its size may be wrong.
const maxRoom = 256 << 20

// Read returns the content, which is what it was when it was kept.
func (f *File) Read() ([]byte, error) {
	r, err := f.open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", f.Name, withoutPath(err))
	}
	defer r.Close() // nothing was written
	content := bytes.NewBuffer(make([]byte, 0, min(f.Size, maxRoom)+bytes.MinRead))
	if _, err := content.ReadFrom(io.LimitReader(r, f.Size+1)); err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name, err)
	}
	if sha256.Sum256(content.Bytes()) != f.SHA256 {
		return nil, fmt.Errorf("read %s: it is not what was kept", f.Name)
	}
	return content.Bytes(), nil
}

// Folder returns the files that are kept under a name. The error says that there were more;
// those that are left are returned with it.
func (s *Store) Folder(name string) ([]File, error) {
	if s == nil {
		return nil, nil
	}
	dir := filepath.Join(s.dir, name)
	m, err := readMeta(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read meta.json: %w", withoutPath(err))
	}
	var files []File
	gone := 0
	for _, b := range m.Blobs {
		if _, err := os.Stat(filepath.Join(dir, b.file())); err != nil {
			gone++
			continue
		}
		f, path := File{Name: b.Name, Size: b.Size}, filepath.Join(dir, b.file())
		hex.Decode(f.SHA256[:], []byte(b.SHA256)) // readMeta has looked at it
		f.open = func() (io.ReadCloser, error) { return openCompressed(path) }
		files = append(files, f)
	}
	if gone > 0 {
		return files, fmt.Errorf("%d of %d files are gone", gone, len(m.Blobs))
	}
	return files, nil
}

// KeepFolder replaces the files under a name, at least one, all at once: a build that is
// killed leaves the former ones. Those that come from Folder are not written again.
func (s *Store) KeepFolder(ctx context.Context, name string, files []File) error {
	if s == nil {
		return errNoStore
	}
	dir := filepath.Join(s.dir, name)
	next, had := &meta{Version: metaVersion}, map[string]bool{}
	former, err := readMeta(dir)
	if err != nil || !former.whole(dir) {
		former = next
	}
	for _, b := range former.Blobs {
		had[b.SHA256] = true
	}
	temps := make([]string, len(files))
	var group errgroup.Group
	group.SetLimit(defaultJobs) // nearly all of the time is waiting for the disk
	for i, f := range files {
		b := metaBlob{Name: f.Name, Size: f.Size, SHA256: hex.EncodeToString(f.SHA256[:])}
		if next.Blobs = append(next.Blobs, b); had[b.SHA256] && f.packed == nil {
			continue
		}
		group.Go(func() (err error) {
			if temps[i], err = s.unkept(ctx, &f); err != nil {
				return fmt.Errorf("keep %s: %w", f.Name, err)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	if slices.Equal(former.Blobs, next.Blobs) && former != next {
		return nil
	}
	return s.locked(func() error { return replace(dir, next, temps) })
}

// unkept writes a file into the folder of this build.
func (s *Store) unkept(ctx context.Context, f *File) (string, error) {
	if f.packed == nil { // another build has replaced what was kept
		_, path, err := s.compress(ctx, &Blob{Name: f.Name, Size: f.Size, open: f.open})
		return path, err
	}
	file, err := s.spool()
	if err != nil {
		return "", err
	}
	_, err = file.Write(f.packed)
	return file.Name(), errors.Join(err, file.Sync(), file.Close())
}
