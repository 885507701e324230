package main

import (
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"uptree/generator"
)

// options are what build and check share.
func (a *app) options(asOf string, jobs int) (generator.Options, error) {
	if _, _, err := clock(asOf, time.UTC); err != nil {
		return generator.Options{}, err
	}
	_, pinned, _ := clock(asOf, time.UTC)
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	return generator.Options{
		Dir: a.source, Config: a.config, Jobs: jobs, Version: version(), Pinned: pinned,
		AsOf: func(zone *time.Location) time.Time {
			t, _, _ := clock(asOf, zone)
			return t
		},
		Log:      func(text string) { a.say("%s", text) },
		Progress: func(string, int, int) {},
		Input:    spareMemory,
	}, nil
}

// bar shows the stage that runs, on a terminal only.
type bar struct {
	mu    sync.Mutex
	pool  *mpb.Progress
	bar   *mpb.Bar
	stage string
}

// progress returns a bar, which may show nothing.
func (a *app) progress() *bar { return &bar{pool: a.pool()} }

// pool is where bars are drawn: nil in CI, when quiet and where no one looks.
func (a *app) pool() *mpb.Progress {
	if a.quiet || a.logFormat == "json" || os.Getenv("CI") != "" || !isTerminal(a.stderr) {
		return nil
	}
	return mpb.New(mpb.WithOutput(a.stderr), mpb.WithWidth(40))
}

func (b *bar) update(stage string, done, all int) {
	if b.pool == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if stage != b.stage {
		b.end()
		b.stage = stage
		if stage != "" { // a bar that is given its total now would not take another
			b.bar = b.pool.AddBar(0, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(stage+" ")))
		}
	}
	if b.bar != nil && all > 0 {
		b.bar.SetTotal(int64(all), false)
		b.bar.SetCurrent(int64(done))
	}
}

func (b *bar) end() {
	if b.bar != nil {
		b.bar.Abort(true)
		b.bar = nil
	}
}

func (b *bar) done() {
	if b.pool == nil {
		return
	}
	b.mu.Lock()
	b.end()
	b.mu.Unlock()
	b.pool.Wait()
}
