package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// file is a path, relative to a site's root, and a length.
type file struct {
	path  string
	bytes int64
}

// measureFloor writes files like those of a published site into a new folder: what any
// generator needs at least. Reading them is not part of it.
func measureFloor(public, dir string) (measure, error) {
	files, err := listFiles(public)
	if err != nil {
		return measure{}, fmt.Errorf("list the published files: %w", err)
	}
	m := measure{files: len(files), written: len(files)}
	longest := int64(0)
	for _, f := range files {
		m.bytes += f.bytes
		longest = max(longest, f.bytes)
	}
	content := make([]byte, longest)
	for i := range content {
		content[i] = byte('a' + i%26)
	}
	began, used := time.Now(), cpuTime()
	if err := writeFiles(dir, files, content); err != nil {
		return measure{}, fmt.Errorf("write the floor: %w", err)
	}
	m.wall, m.cpu = time.Since(began), cpuTime()-used
	return m, nil
}

func listFiles(root string) ([]file, error) {
	var out []file
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		out = append(out, file{name, info.Size()})
		return err
	})
	return out, err
}

// writeFiles writes each file with the beginning of content, and each folder once. The
// files of a folder are neighbours.
func writeFiles(dir string, files []file, content []byte) error {
	last := ""
	for _, f := range files {
		path := filepath.Join(dir, f.path)
		if parent := filepath.Dir(path); parent != last {
			if err := os.MkdirAll(parent, 0o755); err != nil {
				return err
			}
			last = parent
		}
		if err := os.WriteFile(path, content[:f.bytes], 0o644); err != nil {
			return err
		}
	}
	return nil
}
