// Command uptree makes a reliability site: see the README, or "uptree help".
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	_ "time/tzdata" // time zones on machines without a database of them
)

func main() { os.Exit(run(os.Args[1:])) }

// run returns the exit code: see exit.go.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return execute(ctx, args, os.Stdout, os.Stderr)
}
