package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// maxRunaways is for how many inputs of a file a mapping may fail to end before the rest
// of the file is not tried.
const maxRunaways = 3

// readMapped reads documents, or the records of a flat format, through a mapping.
func (in *intake) readMapped(ctx context.Context, r io.Reader, f *file, t *taking) error {
	size := f.inputSize()
	return in.eachDocument(r, f.format.Name, func(doc decode.Document) error {
		outputs, err := t.mapping.run(newBudget(ctx, size), doc.Value, in.file)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			in.mappingFailed(doc.Line, err)
			if isRunaway(err) {
				in.runaways++
			}
			if in.runaways == maxRunaways {
				return fmt.Errorf("its mapping was stopped on %d inputs of %s: %w", in.runaways, in.file, err)
			}
			return nil
		}
		in.addOutputs(t, doc.Line, outputs)
		return nil
	})
}

// inputSize bounds the bytes of one input of the mapping. One flat record is small.
func (f *file) inputSize() int64 {
	switch {
	case f.format.Flat:
		return 0
	case f.format.Mapped:
		return min(f.blob.Size, decode.DefaultMaxRecord)
	case f.format.Name == "yaml":
		return min(f.blob.Size, decode.DefaultMaxYAML)
	}
	return min(f.blob.Size, decode.DefaultMaxDocument)
}

func isRunaway(err error) bool {
	return errors.Is(err, errSteps) || errors.Is(err, errTime) || errors.Is(err, errMemory)
}

// mappingFailedOn is the reason of an input that was rejected.
const mappingFailedOn = "the mapping failed on it"

// mappingFailed rejects an input. What jq says may show values of the input, so it is
// printed and not published.
func (in *intake) mappingFailed(line int, err error) {
	in.rejected++
	in.tally.add(finding{code: diag.MappingFailed}, line, []byte(err.Error()), "")
	in.list(line, mappingFailedOn)
}

// addOutputs hands over what the mapping made of one input. null says that the input was
// passed over on purpose; an object with refused that it is what the mapping says there.
func (in *intake) addOutputs(t *taking, line int, outputs []any) {
	if len(outputs) == 0 {
		in.unmapped++
		return
	}
	outputs = slices.DeleteFunc(outputs, func(v any) bool { return v == nil })
	for i, output := range outputs {
		in.at(line, i, len(outputs))
		in.addOutput(t, line, output)
	}
}

// addOutput hands over one thing that the mapping made, or rejects it.
func (in *intake) addOutput(t *taking, line int, output any) {
	object, ok := output.(map[string]any)
	if !ok {
		in.reject(diag.BadRecord, line, "the mapping did not make an object; a list is emitted with .[]")
		return
	}
	if why, ok := object[keyRefused].(string); ok {
		in.reject(diag.BadRecord, line, shorten(validText([]byte(why)), maxError))
		return
	}
	d, ok := t.datasetOf(object)
	if !ok {
		in.reject(diag.BadRecord, line, "the mapping names no dataset of the source")
		return
	}
	row := in.row(d)
	row.partial = isPartial(d, object)
	row.fill(object)
	row.add()
}

// datasetOf returns which dataset an object is a record of. Presets of several datasets
// say it in each.
func (t *taking) datasetOf(object map[string]any) (model.Dataset, bool) {
	datasets := t.datasets()
	if len(datasets) == 1 {
		return datasets[0], true
	}
	name, _ := object[keyDataset].(string)
	d, ok := model.DatasetNamed(name)
	return d, ok && slices.Contains(datasets, d)
}

func isPartial(d model.Dataset, object map[string]any) bool {
	partial, _ := object[keyPartial].(bool)
	return partial && (d == model.Nodes || d == model.Services)
}
