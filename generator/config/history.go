package config

import (
	"time"

	"uptree/generator/model"
)

// How long things are remembered without a word about it, in days: what is dated by itself
// for three years, measurements, of which there are many, for a year and a month.
const (
	retainRecords      = 1100
	retainMeasurements = 400
	retainNumbers      = 1100
)

func defaultHistory() History {
	h := History{Retain: map[model.Dataset]int{}, Numbers: retainNumbers}
	for d := range model.Specs {
		switch d := model.Dataset(d); {
		case !d.Remembered():
		case model.Memories[d].Timed:
			h.Retain[d] = retainMeasurements
		default:
			h.Retain[d] = retainRecords
		}
	}
	return h
}

// read reads [history], whose keys are datasets, "numbers" and "private".
func (h *History) read(s section) {
	var datasets []string
	for d := range model.Specs {
		if d := model.Dataset(d); d.Remembered() {
			datasets = append(datasets, d.String())
			if days := s.days(d.String()); days > 0 {
				h.Retain[d] = days
			}
		}
	}
	if days := s.days("numbers"); days > 0 {
		h.Numbers = days
	}
	for _, name := range s.list("private") {
		if d, known := model.DatasetNamed(name); known && d.Remembered() {
			h.Private = append(h.Private, d)
		} else {
			s.unknown("private", name, datasets)
		}
	}
	known := append(datasets, "numbers", "private")
	s.Unused(append(known, s.secrets(known)...)...)
}

// days reads a duration in whole days, of which one begun counts.
func (s section) days(key string) int {
	const day = 24 * time.Hour
	return int((s.duration(key) + day - 1) / day)
}

// remembers are the values of remember; the index is the Remember.
var remembers = []string{RememberWindow: "window", RememberAlways: "always", RememberNever: "never"}
