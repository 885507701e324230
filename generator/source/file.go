package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// fetchFiles is the connector of kind "file".
func fetchFiles(ctx context.Context, j *job) (*Copy, error) {
	names, err := expand(ctx, j.dir, j.source.Path)
	if err != nil {
		return nil, err
	}
	blobs := make([]Blob, 0, len(names))
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		b, err := fileBlob(j.dir, name)
		switch {
		case errors.Is(err, errFolder) && hasMeta(j.source.Path):
			continue // a pattern means files
		case err != nil:
			return nil, fmt.Errorf("%s: %w", name, withoutPath(err))
		}
		if b, err = j.room.uncompressed(b); err != nil {
			return nil, err
		}
		blobs = append(blobs, b)
	}
	if len(blobs) == 0 {
		return nil, fmt.Errorf("no file matches %q", j.source.Path)
	}
	return &Copy{Blobs: blobs, FetchedAt: newest(blobs)}, nil
}

var (
	errFolder  = errors.New("is a folder; name its files, as in \"folder/*.csv\"")
	errSpecial = errors.New("is not a regular file")
)

// fileBlob describes a file after making sure that it can be read. It looks before it
// opens, since opening a pipe would wait for its writer.
func fileBlob(dir, name string) (Blob, error) {
	file := locate(dir, name)
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return Blob{}, err
	case info.IsDir():
		return Blob{}, errFolder
	case !info.Mode().IsRegular():
		return Blob{}, errSpecial
	}
	open := func() (io.ReadCloser, error) {
		f, err := os.Open(file)
		return f, withoutPath(err)
	}
	f, err := open()
	if err != nil {
		return Blob{}, err
	}
	return Blob{Name: name, Size: info.Size(), ModTime: info.ModTime(), open: open}, f.Close()
}

// locate returns where a path of site.toml lies.
func locate(dir, name string) string {
	name = filepath.FromSlash(name)
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(dir, name)
}

// withoutPath takes the path out of an error of package os: it differs from machine to
// machine, and the message already names the file.
func withoutPath(err error) error {
	var pe *fs.PathError
	var le *os.LinkError
	switch {
	case errors.As(err, &pe):
		return pe.Err
	case errors.As(err, &le):
		return le.Err
	}
	return err
}
