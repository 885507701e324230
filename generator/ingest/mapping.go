package ingest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/itchyny/gojq"

	"uptree/generator/model"
)

// mapping is a compiled jq program. It is safe for concurrent use.
//
// A program sees its input, as $file the name of the file that it is of, as $host the host
// that was asked for it ("" where none was), and nothing else: no environment, no files, no
// further inputs, no clock but as_of and no zone but UTC and those it names.
type mapping struct {
	code *gojq.Code
	host string
}

// prelude shadows the functions of jq that would make a build depend on when and where it
// runs.
const prelude = `def now: %d; def localtime: gmtime; def strflocaltime(f): strftime(f); .`

// compileMapping compiles a program. The text of the error is for the user.
func compileMapping(source string, z *zones, asOf model.Time) (*mapping, error) {
	return compileWith(source, z, asOf, func(*gojq.Query) {})
}

// compileWith compiles a program that is rewritten first, with further functions.
func compileWith(source string, z *zones, asOf model.Time, rewrite func(*gojq.Query), more ...gojq.CompilerOption) (*mapping, error) {
	query, err := gojq.Parse(source)
	if err != nil {
		return nil, errors.New(placed(source, err))
	}
	rewrite(query)
	before, err := gojq.Parse(fmt.Sprintf(prelude, asOf))
	if err != nil {
		return nil, fmt.Errorf("prelude: %w", err)
	}
	query.FuncDefs = append(before.FuncDefs, query.FuncDefs...)
	code, err := gojq.Compile(query, slices.Concat(hostOptions(z), more, []gojq.CompilerOption{gojq.WithVariables([]string{"$file", "$host"})})...)
	if err != nil {
		return nil, errors.New(placed(source, err))
	}
	return &mapping{code: code}, nil
}

func hostOptions(z *zones) []gojq.CompilerOption {
	var options []gojq.CompilerOption
	for _, f := range hostFunctions {
		options = append(options, gojq.WithFunction(f.name, f.args, f.args, func(in any, args []any) any {
			return f.call(z, in, args)
		}))
	}
	return options
}

// placed adds the place in the program that a parse error names.
func placed(source string, err error) string {
	var parse *gojq.ParseError
	if !errors.As(err, &parse) {
		return err.Error()
	}
	at := max(0, min(parse.Offset, len(source))-len(parse.Token))
	line := strings.Count(source[:at], "\n") + 1
	column := at - (strings.LastIndexByte(source[:at], '\n') + 1) + 1
	return fmt.Sprintf("%s at line %d, column %d of the program", err, line, column)
}

// run returns what the program makes of an input of a file, or why it could not: an error of
// the program, the end of the budget or of its context.
func (m *mapping) run(limit *budget, input any, file string) ([]any, error) {
	var outputs []any
	err := m.each(limit, input, file, func(output any) { outputs = append(outputs, output) })
	if err != nil {
		return nil, err
	}
	return outputs, nil
}

// each is run for a caller that wants to see what was done for each output.
func (m *mapping) each(limit *budget, input any, file string, use func(output any)) error {
	results := m.code.RunWithContext(limit, input, file, m.host)
	for n := 0; ; n++ {
		output, ok := results.Next()
		if !ok {
			return nil
		}
		if err, ok := output.(error); ok {
			return err
		}
		if n == limit.records {
			return errRecords
		}
		use(output)
	}
}

// maxError bounds the text of an error in a message, in bytes. It may show a value.
const maxError = 300
