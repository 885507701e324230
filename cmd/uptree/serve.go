package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"uptree/generator"
	"uptree/generator/diag"
	"uptree/generator/serve"
)

// serveFlags are the flags of serve.
type serveFlags struct {
	bind, asOf    string
	port, jobs    int
	open, offline bool
}

func serveCommand(a *app) *cobra.Command {
	var f serveFlags
	cmd := &cobra.Command{
		Use: "serve", Short: "Show the site in a browser, and each change as soon as it is saved", Args: noArgs,
		Long: "Show the site in a browser, and each change as soon as it is saved. Nothing is published.\nFiles are read again when they change; other sources are asked once. Ctrl-C ends it.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.port < 0 || f.port > 65535 {
				return usage("--port is between 0, for any that is free, and 65535")
			}
			return a.serve(cmd.Context(), f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.bind, "bind", "127.0.0.1", "name or address of this machine to listen at; others than the default can be reached from outside")
	flags.IntVarP(&f.port, "port", "p", 8080, "port; where it is taken, the next one that is free")
	flags.BoolVarP(&f.open, "open", "O", false, "open the site in a browser")
	flags.BoolVar(&f.offline, "offline", false, "contact no other machine: last good data stand in")
	flags.StringVar(&f.asOf, "as-of", "", "hold the clock at a time (also SOURCE_DATE_EPOCH)")
	flags.IntVar(&f.jobs, "jobs", 0, "how much to do at once (default: the number of processors)")
	return cmd
}

func (a *app) serve(ctx context.Context, f serveFlags) error {
	o, err := a.options(f.asOf, f.jobs)
	if err != nil {
		return err
	}
	o.Offline = f.offline
	listener, err := serve.Listen(ctx, f.bind, f.port)
	if err != nil {
		return fmt.Errorf("listen at %s: %w", f.bind, err)
	}
	preview := generator.NewPreview(o)
	defer preview.Close() // what is left is removed by the next build
	shown := &showing{app: a, preview: preview}
	return serve.Run(ctx, serve.Options{
		Listener: listener, Hosts: hosts(f.bind), Build: shown.build,
		Ready: func(root string) { a.ready(ctx, address(f.bind, listener.Addr(), root), f.open) },
	})
}

// hosts are the names that requests may be for: that of the machine too, where it is to be
// reached from outside.
func hosts(bind string) []string {
	names := []string{strings.ToLower(bind)}
	if ip := net.ParseIP(bind); ip != nil && ip.IsLoopback() {
		return names
	}
	if name, err := os.Hostname(); err == nil {
		names = append(names, strings.ToLower(name))
	}
	return names
}

// address is where the site is, as a browser on this machine has it.
func address(bind string, at net.Addr, root string) string {
	host := bind
	if ip := net.ParseIP(bind); bind == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(at.String()) // a listener has one
	return "http://" + net.JoinHostPort(host, port) + root
}

// ready prints the address, which is the command's result.
func (a *app) ready(ctx context.Context, address string, open bool) {
	fmt.Fprintln(a.stdout, address)
	a.say("Save a file, and open pages show it. Ctrl-C ends this.")
	if !open {
		return
	}
	if err := openBrowser(ctx, address); err != nil {
		a.say("no browser could be opened: %v", err)
	}
}

// openBrowser asks the desktop to open an address.
func openBrowser(ctx context.Context, address string) error {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	return exec.CommandContext(ctx, command[0], append(command[1:], address)...).Start()
}

// showing builds and says so.
type showing struct {
	*app
	preview *generator.Preview
	before  map[string]bool // those of the last build are not printed again
}

func (s *showing) build(ctx context.Context, changed string) (serve.Built, error) {
	began := time.Now()
	draft, folders, problems, err := s.preview.Build(ctx)
	if err != nil {
		return serve.Built{}, err
	}
	if e := s.report(s.fresh(problems)); e != nil {
		return serve.Built{}, e
	}
	out := serve.Built{Problems: problems}
	for _, f := range folders {
		out.Folders = append(out.Folders, serve.Folder(f))
	}
	if draft != nil {
		out.Site = &serve.Site{Root: draft.Root(), Style: draft.Style(), File: draft.File}
	}
	if changed == "" {
		return out, s.first(problems)
	}
	s.say("%s: built in %d ms; %d errors, %d warnings.", relative(s.source, filepath.ToSlash(changed)), time.Since(began).Milliseconds(),
		problems.Count(diag.Error), problems.Count(diag.Warning))
	return out, nil
}

// first refuses to wait for files where there is no site at all.
func (s *showing) first(problems diag.List) error {
	if problems.ByCode()[diag.NoConfig] > 0 {
		return exit{exitUnusable, "nothing to serve"}
	}
	return nil
}

// fresh are the problems that the last build did not have.
func (s *showing) fresh(problems diag.List) diag.List {
	var out diag.List
	now := map[string]bool{}
	for _, p := range problems {
		key := fmt.Sprint(p.Pos, p.Code, p.Text)
		if now[key] = true; !s.before[key] {
			out.Add(p)
		}
	}
	s.before = now
	return out
}
