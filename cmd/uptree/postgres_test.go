package main

import (
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"uptree/generator/source/postgrestest"
)

// postgres is the script command "postgres start PASSWORD FILE…", which runs a PostgreSQL
// until the script ends and puts its host in place of DATABASE in the files; then "postgres
// stop", "postgres again" and "postgres run FILE" with statements.
func postgres(ts *testscript.TestScript, neg bool, args []string) {
	server, _ := ts.Value(databaseKey{}).(**postgrestest.Server)
	switch {
	case neg || server == nil || len(args) == 0:
		ts.Fatalf("usage: postgres start password file… | stop | again | run file")
	case args[0] == "start" && len(args) > 1:
		*server = postgrestest.Start(scriptTest{ts}, args[1])
		for _, file := range args[2:] {
			text := strings.ReplaceAll(ts.ReadFile(file), "DATABASE", (*server).Host())
			ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
		}
	case args[0] == "stop":
		(*server).Stop()
	case args[0] == "again":
		(*server).Start()
	case args[0] == "run" && len(args) == 2:
		(*server).Exec(ts.ReadFile(args[1]))
	default:
		ts.Fatalf("postgres does not know %q", args)
	}
}

// databaseKey is where a script keeps its server.
type databaseKey struct{}

// scriptTest is a script as a test.
type scriptTest struct{ *testscript.TestScript }

func (scriptTest) Helper()                            {}
func (s scriptTest) Skipf(format string, args ...any) { s.Fatalf(format, args...) }
func (s scriptTest) Cleanup(f func())                 { s.Defer(f) }
