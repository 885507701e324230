package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"uptree/generator/source/postgrestest"
	"uptree/generator/source/prometheustest"
)

func TestMain(m *testing.M) {
	testscript.Main(inFolder{m}, map[string]func(){"uptree": main})
}

// TestScripts runs the whole program as a user would: see testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"vendor": vendor, "postgres": postgres, "prometheus": prometheus, "shows": shows, "waits": waits, "follows": follows,
		},
		Condition: func(name string) (bool, error) {
			switch name {
			case "postgres":
				return postgrestest.Wanted(), nil
			case "prometheus":
				return prometheustest.Wanted(), nil
			}
			return false, fmt.Errorf("no condition %q", name)
		},
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "")
			e.Setenv("NO_COLOR", "1")
			pages, err := filepath.Abs("../../content/pages")
			e.Setenv("GUIDE", pages)
			e.Values[databaseKey{}] = new(*postgrestest.Server)
			e.Values[metricsKey{}] = new(*prometheustest.Server)
			return err
		},
		UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != "",
	})
}
