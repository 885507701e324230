package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"uptree/generator/source/postgrestest"
)

func TestMain(m *testing.M) {
	testscript.Main(inFolder{m}, map[string]func(){"uptree": main})
}

// TestScripts runs the whole program as a user would: see testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:  "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"vendor": vendor, "postgres": postgres},
		Condition: func(name string) (bool, error) {
			if name == "postgres" {
				return postgrestest.Wanted(), nil
			}
			return false, fmt.Errorf("no condition %q", name)
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "")
			e.Setenv("NO_COLOR", "1")
			e.Values[databaseKey{}] = new(*postgrestest.Server)
			return nil
		},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}
