package signal

import (
	"cmp"
	"maps"
	"slices"

	"uptree/generator/model"
	"uptree/generator/rollup"
)

// lookBack is how many days changes are remembered for: a month, and what a feed holds.
const lookBack = 35

// Past is what earlier builds knew. The zero Past is that of a first build.
type Past struct {
	At  func(model.Day) (Standing, model.Day) // the newest at or before a day; nil where there is none
	Log []Step                                // what they saw change, by day
	// Last is what the build before this one said, perhaps on the same day.
	Last    Standing
	LastDay model.Day
	// First is what the earliest build whose standing is known said, on FirstDay.
	First    Standing
	FirstDay model.Day
}

// Changes compare how things stand with how they stood.
type Changes struct {
	Now  Standing
	Log  []Step   // of the last days and of this one, by day; for the next build
	Told []Change // those of the log that are told, newest first, graver first within a day
	Last Window   // since the build before this one; Since is NoDay where none is known

	past    Past
	stander *stander
	teller  *teller
}

// Window is what changed since the end of a day, and is not told by a shorter one.
type Window struct {
	Since   model.Day
	Changes []Change // graver first
	// Undated is the day with which the aspects that only builds know were compared: Since
	// or before, or later where builds do not reach back that far; NoDay where no build of
	// before is known.
	Undated model.Day
}

// Compare compares a build with the past. Numbers are those over the period with the index.
func Compare(cube *rollup.Cube, talk *Conversations, past Past, period int) *Changes {
	c := &Changes{Now: Stand(cube, talk, period), past: past}
	c.stander = &stander{cube: cube, m: cube.Model, talk: talk, period: period}
	c.teller = newTeller(c.stander)
	c.logged()
	for end := len(c.Log); end > 0; {
		first := end - 1
		for first > 0 && c.Log[first-1].Day == c.Log[first].Day {
			first--
		}
		if c.Log[first].Day <= talk.Today {
			c.Told = append(c.Told, c.teller.tell(c.Log[first:end])...)
		}
		end = first
	}
	c.Last = Window{Since: model.NoDay, Undated: model.NoDay}
	if past.Last != nil {
		c.Last = Window{past.LastDay, c.teller.tell(steps(past.Last, c.Now, talk.Today)), past.LastDay}
	}
	return c
}

// logged makes the log: that of earlier builds with the steps of this day. Where there was
// none, what is dated says how the days before went.
func (c *Changes) logged() {
	today := c.stander.talk.Today
	if c.past.Log == nil && c.past.First == nil {
		before := c.stander.then(today - lookBack)
		for day := today - lookBack + 1; day < today; day++ {
			next := c.stander.then(day)
			c.Log = append(c.Log, steps(before, next, day)...)
			before = next
		}
	}
	for _, s := range c.past.Log {
		if s.Day != today && s.Day > today-lookBack {
			c.Log = append(c.Log, s)
		}
	}
	base, _ := c.base(today - 1)
	c.Log = append(c.Log, steps(base, c.Now, today)...)
	slices.SortStableFunc(c.Log, func(a, b Step) int { return cmp.Compare(a.Day, b.Day) })
}

// base is how things stood at the end of a day: as the builds of then said, else as the
// first build said after it. What is dated is known for before the first build, too.
func (c *Changes) base(day model.Day) (Standing, model.Day) {
	if c.past.At != nil {
		if known, of := c.past.At(day); known != nil {
			return known, of
		}
	}
	if c.past.First == nil {
		return c.stander.then(day), model.NoDay
	}
	out := maps.Clone(c.past.First)
	for name, then := range c.stander.then(day) {
		out[name] = c.before(name, then)
	}
	return out, c.past.FirstDay
}

// before takes the states of an aspect at a day before the first build from what is known
// now, where that agrees with what the first build said of its day. The rest came to be known
// since, or is known no more: it was as the first build said.
func (c *Changes) before(aspect string, then map[string]string) map[string]string {
	first := c.past.First[aspect]
	start, end := c.stander.then(c.past.FirstDay - 1)[aspect], c.stander.then(c.past.FirstDay)[aspect]
	out := map[string]string{}
	for _, id := range sortedIDs(then, first) {
		state := then[id]
		if first[id] != start[id] && first[id] != end[id] {
			state = first[id]
		}
		if state != "" {
			out[id] = state
		}
	}
	return out
}

// Windows returns what changed since the ends of days, the latest first: what is now
// otherwise than it was then, so that what came and went in between is not told. What one
// window tells the later ones do not.
func (c *Changes) Windows(days ...model.Day) []Window {
	type key struct{ aspect, id string }
	told := map[key]bool{}
	var out []Window
	for _, day := range days {
		base, undated := c.base(day)
		found := steps(base, c.Now, model.NoDay)
		for i := range found {
			found[i].Day = c.since(&found[i], day)
		}
		fresh := slices.DeleteFunc(c.teller.each(found), func(c Change) bool { return told[key{c.Aspect, c.ID}] })
		for i := range fresh {
			told[key{fresh[i].Aspect, fresh[i].ID}] = true
		}
		out = append(out, Window{day, c.teller.folded(fresh), undated})
	}
	return out
}

// since is the day on which something became what it is.
func (c *Changes) since(s *Step, after model.Day) model.Day {
	for _, have := range slices.Backward(c.Log) {
		if have.Aspect == s.Aspect && have.ID == s.ID && have.To == s.To && have.Day > after {
			return have.Day
		}
	}
	return model.NoDay
}

// steps lists what differs between two standings, by aspect and id.
func steps(then, now Standing, day model.Day) []Step {
	var out []Step
	for i := range Aspects {
		name := Aspects[i].Name
		a, b := then[name], now[name]
		if a == nil || b == nil {
			continue
		}
		for _, id := range sortedIDs(a, b) {
			if a[id] != b[id] {
				out = append(out, Step{day, name, id, a[id], b[id]})
			}
		}
	}
	return out
}
