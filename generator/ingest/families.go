package ingest

import "slices"

// Family is a row of the table of families: presets of one kind of system, which have a
// page of the guide together.
type Family struct {
	ID    string // as in the files of presets, and the name of its page
	Title string
	Doc   string // what all of them have in common
}

// Families is the table of families, in the order of the guide.
var Families = []Family{
	{"incidents", "Incident trackers", "What failed, when, and what it hit. Say in [severity.incidents] where the words of a tracker stand among your own."},
	{"status", "Status pages", "What suppliers, or you, say in public. Enter a supplier's products as services with third_party = true and their names there as aliases."},
	{"on-call", "On-call schedules", "How many people share the nights. Who they are is not read."},
	{"synthetics", "Synthetic tests", "Journeys and services as tests see them. A run is one record, a day of runs may be."},
	{"objectives", "Objectives and what they measure", "What is promised (slos) and what was measured of it (slis), by the same ids."},
	{"delivery", "Deployments", "What went out, when, and how it ended. Say in [delivery] which environments are production and what the results mean."},
	{"security", "Security findings", "What scanners found. The site publishes counts unless [findings] says otherwise."},
	{"cost", "Costs", "What it costs to run, in the currency of the bill."},
	{"catalogue", "Catalogues and owners", "Which services there are, whose they are, and what they need."},
	{"exports", "Exports of trackers", "Tables that people save from a tracker which cannot be asked."},
}

// FamilyNamed returns a row of Families.
func FamilyNamed(id string) (Family, bool) {
	i := slices.IndexFunc(Families, func(f Family) bool { return f.ID == id })
	if i < 0 {
		return Family{}, false
	}
	return Families[i], true
}
