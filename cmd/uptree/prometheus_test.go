package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"uptree/generator/source/prometheustest"
)

// prometheus is the script command "prometheus start METRICS FILE…", which runs a Prometheus
// until the script ends. It watches itself and an exporter of the file METRICS, see growing.
// In the files its host is put in place of METRICS, and in place of ZONE a zone in which it
// is noon; $TOMORROW is an hour into the next day there, $LATER three hours after that. Then
// "prometheus stop", "prometheus again" and "prometheus await QUERY".
func prometheus(ts *testscript.TestScript, neg bool, args []string) {
	server, _ := ts.Value(metricsKey{}).(**prometheustest.Server)
	switch {
	case neg || server == nil || len(args) == 0:
		ts.Fatalf("usage: prometheus start metrics file… | stop | again | await query")
	case args[0] == "start" && len(args) > 1:
		*server = prometheustest.Start(scriptTest{ts}, prometheustest.Exporter(scriptTest{ts}, growing(ts.ReadFile(args[1]))))
		zone := prometheustest.Zone()
		now := time.Now().In(zone)
		tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, 1, 0, 0, 0, zone)
		ts.Setenv("TOMORROW", tomorrow.Format(time.RFC3339))
		ts.Setenv("LATER", tomorrow.Add(3*time.Hour).Format(time.RFC3339))
		places := strings.NewReplacer("METRICS", (*server).Host(), "ZONE", zone.String())
		for _, file := range args[2:] {
			ts.Check(os.WriteFile(ts.MkAbs(file), []byte(places.Replace(ts.ReadFile(file))), 0o600))
		}
	case args[0] == "stop":
		(*server).Stop()
	case args[0] == "again":
		(*server).Start()
	case args[0] == "await" && len(args) == 2:
		(*server).Await(args[1])
	default:
		ts.Fatalf("prometheus does not know %q", args)
	}
}

// metricsKey is where a script keeps its server.
type metricsKey struct{}

var counter = regexp.MustCompile(`(?m)^(\w+_(?:total|sum|count)\{.*\}) (\d+)$`)

// growing returns metrics of which the counters are higher by their number each time.
func growing(metrics string) func() string {
	var scrapes atomic.Int64
	return func() string {
		n := scrapes.Add(1)
		return counter.ReplaceAllStringFunc(metrics, func(line string) string {
			parts := counter.FindStringSubmatch(line)
			step, err := strconv.ParseInt(parts[2], 10, 64)
			if err != nil {
				return line
			}
			return fmt.Sprintf("%s %d", parts[1], n*step)
		})
	}
}
