// Command orggen writes invented input for uptree, the same bytes for the same flags.
//
//	orggen sample -o DIR [-seed N] [-as-of DAY]
//	orggen size -size S|M|L -o DIR [-seed N] [-as-of DAY]
//	orggen bench -uptree FILE [-sizes "S M"] [-seed N] [-as-of DAY]
//
// sample writes DIR/data, the records of the sample organisation: small, believable, and
// with every state that a page can show. The organisation itself is acme.txt; what
// happened to it is drawn at random (incidents.go, suppliers.go, synthetics.go, slis.go), but for
// the cases that a page must be able to show, which are a table (cases.go), and the objectives another (objectives.go). Text in
// content/ is written by hand and refers to those cases.
//
// size writes a whole site (site.toml, data, content) of a given size for measurements.
// bench makes them: it builds such sites with a built uptree and prints what that took.
//
// Each concern draws from its own stream of random numbers (random.go), so that a change
// to one leaves the others' records alone. No record depends on the clock or the machine.
// Files that exist are overwritten; the first error stops the command with exit code 1,
// wrong usage with 2.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // the same zone rules on every machine
)

const usage = `usage: orggen sample -o DIR [-seed N] [-as-of DAY]
       orggen size -size S|M|L -o DIR [-seed N] [-as-of DAY]
       orggen bench -uptree FILE [-sizes "S M"] [-seed N] [-as-of DAY]
`

// zoneName is the time zone of everything generated; its clocks change twice a year.
const zoneName = "Europe/Stockholm"

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run executes the command and returns its exit code.
func run(args []string, stdout, stderr io.Writer) int {
	o, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "orggen: %v\n%s", err, usage)
		return 2
	}
	if err := o.run(stdout); err != nil {
		fmt.Fprintf(stderr, "orggen: %v\n", err)
		return 1
	}
	return 0
}

// options are the command line, checked.
type options struct {
	command string
	dir     string
	seed    uint64
	asOf    time.Time // midnight in the zone: nothing recorded happens after it
	sizes   []size    // one for size, some for bench
	uptree  string
}

func (o options) run(stdout io.Writer) error {
	switch o.command {
	case "sample":
		return writeSample(o.dir, o.seed, o.asOf)
	case "size":
		return writeSize(o.dir, o.sizes[0], o.seed, o.asOf)
	}
	return bench{o.uptree, o.seed, o.asOf}.run(o.sizes, stdout)
}

// parseFlags returns flag.ErrHelp where the usage was asked for and printed.
func parseFlags(args []string, stderr io.Writer) (options, error) {
	if len(args) == 0 {
		return options{}, errors.New("name a command")
	}
	o := options{command: args[0]}
	flags := flag.NewFlagSet("orggen", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&o.dir, "o", "", "")
	flags.Uint64Var(&o.seed, "seed", 1, "")
	day := flags.String("as-of", "2026-11-20", "")
	name := flags.String("size", "", "")
	names := flags.String("sizes", "", "")
	flags.StringVar(&o.uptree, "uptree", "", "")
	err := flags.Parse(args[1:])
	if errors.Is(err, flag.ErrHelp) || o.command == "-h" || o.command == "help" {
		fmt.Fprint(stderr, usage)
		return o, flag.ErrHelp
	}
	if err != nil {
		return o, err
	}
	return o, o.check(flags.Args(), *day, *name, *names)
}

// check fills in what the flags name and refuses what cannot be meant.
func (o *options) check(rest []string, day, name, names string) error {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return err
	}
	o.asOf, err = time.ParseInLocation(time.DateOnly, day, zone)
	forBench := o.command == "bench"
	switch {
	case !forBench && o.command != "sample" && o.command != "size":
		return fmt.Errorf("unknown command %q", o.command)
	case len(rest) > 0:
		return fmt.Errorf("unexpected argument %q", rest[0])
	case err != nil:
		return fmt.Errorf("-as-of %q is no day like 2026-11-20", day)
	case forBench && o.uptree == "":
		return errors.New("name a built uptree with -uptree")
	case forBench && o.dir != "":
		return errors.New("-o does not belong to orggen bench: it keeps nothing")
	case !forBench && o.dir == "":
		return errors.New("name a folder with -o")
	case !forBench && (o.uptree != "" || names != ""):
		return errors.New("-uptree and -sizes belong to orggen bench")
	case o.command != "size" && name != "":
		return errors.New("-size belongs to orggen size")
	}
	return o.findSizes(name, names)
}

// findSizes looks up what size or bench are about.
func (o *options) findSizes(name, names string) error {
	wanted := []string{name}
	switch o.command {
	case "sample":
		return nil
	case "bench":
		wanted = strings.Fields(names)
		if len(wanted) == 0 {
			wanted = []string{"S", "M"}
		}
	}
	for _, name := range wanted {
		z, ok := sizeNamed(name)
		if !ok {
			return fmt.Errorf("-size %q is none of S, M, L", name)
		}
		o.sizes = append(o.sizes, z)
	}
	return nil
}
