package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

// An interrupted build exits 130, and no site stands where none stood before.
func TestAnInterruptedBuildPublishesNothing(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"site.toml": "title = \"Acme\"\n[source.org]\ndataset = \"nodes\"\npath = \"org.csv\"\n",
		"org.csv":   "id,title,parent\nacme,Acme,\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	ctx, interrupt := context.WithCancel(context.Background())
	interrupt()
	var stdout, stderr bytes.Buffer
	site := filepath.Join(dir, "public")
	if code := execute(ctx, []string{"-C", dir, "build", "-d", site}, &stdout, &stderr); code != exitInterrupted {
		t.Errorf("exit %d: %s", code, stderr.String())
	}
	if _, err := os.Stat(filepath.Join(site, "index.html")); !os.IsNotExist(err) {
		t.Errorf("a page stands at the destination: %v", err)
	}
	if code := execute(context.Background(), []string{"-C", dir, "build", "-q", "-d", site}, &stdout, &stderr); code != exitOK {
		t.Errorf("the build after it exits %d: %s", code, stderr.String())
	}
}
