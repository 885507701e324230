// Command uptree makes a reliability site: see the README, or "uptree help".
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	_ "time/tzdata" // time zones on machines without a database of them
)

// memoryLimit is where garbage is collected more often than the heap grows. What a site of
// a million incidents keeps to the end, 1.2 GiB, fits below it with room for pages; left
// alone, the heap would grow to twice that. Smaller sites never come near.
const memoryLimit = 1792 << 20

// muchInput is where what is read at once decides how much memory a build takes: from there
// on garbage is collected more than twice as often, which costs a tenth of the time.
const muchInput = 256 << 20

func spareMemory(bytes int64) {
	if bytes > muchInput && os.Getenv("GOGC") == "" {
		debug.SetGCPercent(40)
	}
}

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	os.Exit(run(os.Args[1:]))
}

// run returns the exit code: see exit.go.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return execute(ctx, args, os.Stdout, os.Stderr)
}
