package source

import (
	"bytes"
	"compress/gzip"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"uptree/generator/config"
)

// pack compresses by extension. t is asked for nothing unless it goes wrong.
func pack(t *testing.T, name, content string) []byte {
	var out bytes.Buffer
	switch filepath.Ext(name) {
	case ".gz":
		z := gzip.NewWriter(&out)
		z.Write([]byte(content)) // to memory
		z.Close()
	case ".zst":
		z, err := zstd.NewWriter(&out)
		if err != nil {
			t.Fatal(err)
		}
		z.Write([]byte(content)) // to memory
		z.Close()
	}
	return out.Bytes()
}

func TestCompressedFilesAreReadAsWhatTheyHold(t *testing.T) {
	k := newKept(t)
	k.write("c.csv", "three\n")
	for _, name := range []string{"a.csv.gz", "b.csv.ZST"} {
		k.write(name, string(pack(t, strings.ToLower(name), name+"\n")))
	}
	k.src.Path = "*.csv*"
	p, problems := k.fetch()
	if got, want := text(t, p.Fresh), "a.csv.gz\nb.csv.ZST\nthree\n"; got != want || len(problems) > 0 {
		t.Errorf("got %q, want %q: %v", got, want, problems)
	}
	k.keep()
	k.remove("*.csv*")
	if p, _ := k.fetch(); text(t, p.LastGood) != "a.csv.gz\nb.csv.ZST\nthree\n" {
		t.Errorf("got %+v", p)
	}
}

func TestCompressedFilesThatFail(t *testing.T) {
	zeros := strings.Repeat("\x00", 1<<20)
	for _, ext := range []string{".gz", ".zst"} {
		name := "a.csv" + ext
		whole := pack(t, name, zeros)
		for _, c := range []struct {
			about    string
			content  []byte
			maxBytes int64
			reason   string // begins so
		}{
			{"more than max_bytes when decoded", whole, 1e6, "more than max_bytes = 1000000"},
			{"cut off", whole[:len(whole)-5], 1e9, name + ": "},
			{"not compressed at all", []byte("id,title\n"), 1e9, name + ": "},
		} {
			k := newKept(t)
			k.src.Path, k.src.MaxBytes = name, c.maxBytes
			k.write(name, string(c.content))
			p, problems := k.fetch()
			if p.Status != Failed || !strings.HasPrefix(p.Reason, c.reason) || strings.Contains(problems[0].Text, k.dir) {
				t.Errorf("%s, %s: got %+v", ext, c.about, p)
			}
			if left, _ := filepath.Glob(k.dir + "/.uptree/tmp/*/blob-*"); len(left) > 0 {
				t.Errorf("%s, %s: left %q", ext, c.about, left)
			}
		}
	}
}

func TestEveryCompressionOfSiteTomlCanBeRead(t *testing.T) {
	if len(decoders) != len(config.Compressed) {
		t.Errorf("%d decoders for %v", len(decoders), config.Compressed)
	}
	for _, d := range decoders {
		if !slices.Contains(config.Compressed, d.extension) {
			t.Errorf("%s is not in site.toml", d.extension)
		}
	}
}
