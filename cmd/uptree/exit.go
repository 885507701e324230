package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"uptree/generator"
)

// The exit codes, as documented in the README.
const (
	exitOK          = 0
	exitUnusable    = 1   // config, theme or tree unusable; any problem in check or with --strict
	exitUsage       = 2   // wrong usage
	exitSource      = 3   // a source failed beyond its policy: nothing published
	exitTripped     = 4   // a gate or --fail-on tripped: site built and published
	exitInterrupted = 130 // interrupted
)

// exit is an error that carries its exit code. An empty text has been printed already.
type exit struct {
	code int
	text string
}

func (e exit) Error() string { return e.text }

// usage is an error of the command line.
func usage(format string, args ...any) error {
	return exit{exitUsage, fmt.Sprintf(format, args...)}
}

// codeOf prints an error that was not printed yet and returns the exit code.
func codeOf(err error, stderr io.Writer) int {
	var e exit
	var unknown *generator.UnknownSourceError
	var noNode *generator.UnknownNodeError
	var own *generator.OwnFolderError
	var preset *generator.UnknownPresetError
	var from *generator.FromError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &e):
		if e.text != "" {
			fmt.Fprintf(stderr, "uptree: %s\n", e.text)
		}
		return e.code
	case errors.As(err, &unknown):
		fmt.Fprintf(stderr, "uptree: %v\n", unknown)
		return exitUsage
	case errors.As(err, &noNode):
		fmt.Fprintf(stderr, "uptree: %v\n", noNode)
		return exitUsage
	case errors.As(err, &own):
		fmt.Fprintf(stderr, "uptree: %v\n", own)
		return exitUsage
	case errors.As(err, &preset), errors.As(err, &from):
		fmt.Fprintf(stderr, "uptree: %v\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(stderr, "uptree: interrupted")
		return exitInterrupted
	}
	fmt.Fprintf(stderr, "uptree: %v\n", err)
	return exitUnusable
}
