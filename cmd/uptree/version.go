package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"uptree/themes"
)

// release is the version of this source tree.
const release = "0.1.0"

// version is the release, with the commit where the build knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + "+" + s.Value[:12]
		}
	}
	return release
}

func versionCommand(a *app) *cobra.Command {
	var out bool
	cmd := &cobra.Command{
		Use: "version", Short: "Print the version, and whether the interactive charts are built in", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			charts := "static charts only: build the theme's bundle with npm for interactive ones"
			if themes.HasBundle() {
				charts = "interactive charts built in"
			}
			if out {
				return json.NewEncoder(a.stdout).Encode(map[string]any{"version": version(), "go": runtime.Version(), "bundle": themes.HasBundle()})
			}
			_, err := fmt.Fprintf(a.stdout, "uptree %s (%s, %s)\n", version(), runtime.Version(), charts)
			return err
		},
	}
	cmd.Flags().BoolVar(&out, "json", false, "print as JSON")
	return cmd
}
