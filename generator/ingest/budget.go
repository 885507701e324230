package ingest

import (
	"context"
	"errors"
	"runtime/metrics"
	"time"
)

// Bounds of one run of a mapping. Each MiB of its input buys the same again. Steps are
// what ends a loop: unlike time they are the same on every machine, so that a build does
// not depend on its load. Time is for the few steps that take long. gojq cannot bound what
// one value takes, so memory is looked at after every slow step; a single call of a
// built-in function that asks for too much at once is beyond this.
const (
	maxSteps   = 10_000_000
	maxTime    = 10 * time.Second
	maxRecords = 10_000
	maxGrowth  = 1 << 30 // bytes that the program's memory may grow by meanwhile
)

var (
	errRecords = errors.New("it made more records than an input of its size may become")
	errSteps   = errors.New("it did not end within the steps that an input of its size has")
	errTime    = errors.New("it did not end in time")
	errMemory  = errors.New("it needs too much memory")
)

// budget is the context of one run. The interpreter asks for Done before each of its
// steps, which is where they are counted. It belongs to one goroutine.
type budget struct {
	context.Context
	steps    int
	deadline time.Time
	looked   time.Time // at the clock, last
	growth   uint64    // of memory allowed
	memory   uint64    // allowed; 0 until the first slow step
	records  int       // allowed
	err      error
}

// newBudget returns the budget of an input of so many bytes.
func newBudget(ctx context.Context, size int64) *budget {
	share := int(size>>20) + 1
	now := time.Now()
	return &budget{
		Context: ctx, steps: share * maxSteps, records: share * maxRecords, growth: maxGrowth,
		deadline: now.Add(time.Duration(share) * maxTime), looked: now,
	}
}

// Steps between two looks at the clock, and the time between them from which on they were
// slow: they moved a lot of memory.
const (
	stepsPerLook = 4
	slow         = 50 * time.Microsecond
)

var ended = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// Done counts a step.
func (b *budget) Done() <-chan struct{} {
	if b.steps--; b.steps%stepsPerLook == 0 && b.err == nil {
		b.look()
	}
	if b.err != nil {
		return ended
	}
	return b.Context.Done()
}

func (b *budget) look() {
	now := time.Now()
	switch {
	case b.steps <= 0:
		b.err = errSteps
	case now.After(b.deadline):
		b.err = errTime
	case now.Sub(b.looked) > slow && b.full():
		b.err = errMemory
	}
	b.looked = now
}

// full reports whether memory has grown too much since the first slow step.
func (b *budget) full() bool {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return false
	}
	n := sample[0].Value.Uint64()
	if b.memory == 0 {
		b.memory = n + b.growth
	}
	return n > b.memory
}

// Err says why the run ended.
func (b *budget) Err() error {
	if b.err != nil {
		return b.err
	}
	return b.Context.Err()
}
