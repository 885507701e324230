package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// vendor is the script command "vendor FILE…": it serves the folder vendor to the script
// and puts its address in place of ADDRESS in the files. How it behaves stands in the file
// vendor/mode, read at each request; what it was asked is added to the file requests.
func vendor(ts *testscript.TestScript, neg bool, files []string) {
	if neg || len(files) == 0 {
		ts.Fatalf("usage: vendor file…")
	}
	folder, log := ts.MkAbs("vendor"), ts.MkAbs("requests")
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		note(log, r)
		mode, err := os.ReadFile(folder + "/mode")
		if err != nil {
			http.Error(w, err.Error(), http.StatusTeapot)
			return
		}
		switch strings.TrimSpace(string(mode)) {
		case "down":
			http.Error(w, "no service for "+r.Header.Get("Authorization"), http.StatusServiceUnavailable)
		case "expired":
			http.Error(w, "who is "+r.Header.Get("Authorization"), http.StatusUnauthorized)
		case "login":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, "<title>Sign in</title>")
		case "slow":
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, "[", strings.Repeat(" ", 4000))
			w.(http.Flusher).Flush()
			time.Sleep(time.Second)
			fmt.Fprint(w, "]")
		default:
			http.ServeFile(w, r, folder+r.URL.Path)
		}
	}))
	ts.Defer(server.Close)
	for _, file := range files {
		text := strings.ReplaceAll(ts.ReadFile(file), "ADDRESS", server.URL)
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
	}
}

// note adds a request to the log.
func note(log string, r *http.Request) {
	f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return // the script misses it
	}
	fmt.Fprintf(f, "%s %s\n", r.Method, r.URL)
	f.Close()
}
