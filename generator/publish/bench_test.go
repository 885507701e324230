package publish

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// The size of the benchmarks: pages of 15 KB, as in the targets for writing.
const (
	benchPages = 10_000
	benchBytes = 15_000
)

func benchPath(i int) string { return fmt.Sprintf("org/team-%d/index.html", i) }

// benchPut publishes pages whose content depends on the salt, from two workers. Every nth
// page changes with it.
func benchPut(b *testing.B, opts Options, salt, nth int) {
	s, err := Open(b.Context(), opts)
	if err != nil {
		b.Fatal(err)
	}
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			page := bytes.Repeat([]byte("0123456789abcde"), benchBytes/15)
			for i := w; i < benchPages; i += 2 {
				copy(page, fmt.Sprintf("%09d", i))
				if i%nth == 0 {
					copy(page, fmt.Sprintf("%09d", i+salt))
				}
				if err := s.Put(benchPath(i), page); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := s.Put("index.html", nil); err != nil {
		b.Fatal(err)
	}
	if _, _, err := s.Commit(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBareLoop is the floor: the same files by os.WriteFile, on two goroutines.
func BenchmarkBareLoop(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		var wg sync.WaitGroup
		for w := range 2 {
			wg.Go(func() {
				page := bytes.Repeat([]byte("0123456789abcde"), benchBytes/15)
				for i := w; i < benchPages; i += 2 {
					file := filepath.Join(dir, benchPath(i))
					os.MkdirAll(filepath.Dir(file), 0o755)
					if err := os.WriteFile(file, page, 0o644); err != nil {
						b.Error(err)
					}
				}
			})
		}
		wg.Wait()
	}
}

func BenchmarkFirst(b *testing.B) {
	for _, name := range []string{Swap, Files} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				benchPut(b, Options{Dir: filepath.Join(b.TempDir(), "public"), Publisher: name}, 0, 1)
			}
		})
	}
}

// BenchmarkAgain publishes over a site of which nothing, one page in a hundred, or every
// page has changed.
func BenchmarkAgain(b *testing.B) {
	for _, name := range []string{Swap, Files} {
		for _, nth := range []int{benchPages, 100, 1} {
			b.Run(fmt.Sprintf("%s/changed=%d", name, benchPages/nth), func(b *testing.B) {
				opts := Options{Dir: filepath.Join(b.TempDir(), "public"), Publisher: name}
				salt := 0
				benchPut(b, opts, salt, 1)
				for b.Loop() {
					if nth < benchPages {
						salt++
					}
					benchPut(b, opts, salt, nth)
				}
			})
		}
	}
}
