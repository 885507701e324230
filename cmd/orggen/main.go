// Command orggen writes invented input for uptree, the same bytes for the same flags.
//
//	orggen sample -o DIR [-seed N] [-as-of DAY]
//	orggen size -size S|M|L -o DIR [-seed N] [-as-of DAY]
//
// sample writes DIR/data, the records of the sample organisation: small, believable, and
// with every state that a page can show. The organisation itself is acme.txt; what
// happened to it is drawn at random (incidents.go, suppliers.go, synthetics.go), but for
// the cases that a page must be able to show, which are a table (cases.go). Text in
// content/ is written by hand and refers to those cases.
//
// size writes a whole site (site.toml, data, content) of a given size for measurements.
//
// Each concern draws from its own stream of random numbers (random.go), so that a change
// to one leaves the others' records alone. Nothing depends on the clock or the machine.
// Files that exist are overwritten; the first error stops the command with exit code 1,
// wrong usage with 2.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"
	_ "time/tzdata" // the same zone rules on every machine
)

const usage = `usage: orggen sample -o DIR [-seed N] [-as-of DAY]
       orggen size -size S|M|L -o DIR [-seed N] [-as-of DAY]
`

// zoneName is the time zone of everything generated; its clocks change twice a year.
const zoneName = "Europe/Stockholm"

func main() {
	os.Exit(run(os.Args[1:], os.Stderr))
}

// run executes the command and returns its exit code.
func run(args []string, stderr io.Writer) int {
	o, err := parseFlags(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "orggen: %v\n%s", err, usage)
		return 2
	}
	if err := o.write(); err != nil {
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
	size    size
}

func (o options) write() error {
	if o.command == "sample" {
		return writeSample(o.dir, o.seed, o.asOf)
	}
	return writeSize(o.dir, o.size, o.seed, o.asOf)
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
	err := flags.Parse(args[1:])
	if errors.Is(err, flag.ErrHelp) || o.command == "-h" || o.command == "help" {
		fmt.Fprint(stderr, usage)
		return o, flag.ErrHelp
	}
	if err != nil {
		return o, err
	}
	return o, o.check(flags.Args(), *day, *name)
}

// check fills in what the flags name and refuses what cannot be meant.
func (o *options) check(rest []string, day, name string) error {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return err
	}
	o.asOf, err = time.ParseInLocation(time.DateOnly, day, zone)
	known := true
	if o.command == "size" {
		o.size, known = sizeNamed(name)
	}
	switch {
	case o.command != "sample" && o.command != "size":
		return fmt.Errorf("unknown command %q", o.command)
	case len(rest) > 0:
		return fmt.Errorf("unexpected argument %q", rest[0])
	case o.dir == "":
		return errors.New("name a folder with -o")
	case err != nil:
		return fmt.Errorf("-as-of %q is no day like 2026-11-20", day)
	case !known:
		return fmt.Errorf("-size %q is none of S, M, L", name)
	case o.command == "sample" && name != "":
		return errors.New("-size belongs to orggen size")
	}
	return nil
}
