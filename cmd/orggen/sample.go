package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// writeSample writes dir/data of the sample organisation.
func writeSample(dir string, seed uint64, asOf time.Time) error {
	org, err := sampleOrganisation(seed)
	if err != nil {
		return fmt.Errorf("read acme.txt: %w", err)
	}
	s := sampleSpan(asOf)
	incidents, err := sampleIncidents(org, s, seed)
	if err != nil {
		return err
	}
	dir = filepath.Join(dir, "data")
	probes := newWatch(org, incidents, s, stream(seed, "probes"))
	browser := newWatch(org, incidents, s, stream(seed, "browser tests"))
	return errors.Join(
		org.write(dir),
		writeIncidents(dir, incidents, s),
		writeSuppliers(dir, org, s, stream(seed, "suppliers")),
		writeProbes(dir, org.probes(s), probes),
		writeBrowser(dir, org, browser),
		writeObjectives(dir, incidents, org, s, seed),
		writeDeployments(dir, org, incidents, s, stream(seed, "deployments")),
		writeFindings(dir, org, s, stream(seed, "findings")),
		writeCosts(dir, org, s, stream(seed, "costs")),
		writeObservations(dir, org, s, stream(seed, "observations")),
		writeStaffing(dir, org, s, stream(seed, "staffing")),
	)
}

// sampleOrganisation returns the organisation with the graph between its services.
func sampleOrganisation(seed uint64) (*organisation, error) {
	org, err := parseOutline(acme)
	if err != nil {
		return nil, err
	}
	return org, org.connect(stream(seed, "dependencies"))
}

// sampleIncidents returns the incidents of the tracker with their ids, by start.
func sampleIncidents(org *organisation, s span, seed uint64) ([]incident, error) {
	var list []incident
	for _, c := range incidentCases {
		in, err := c.incident(s)
		if err != nil {
			return nil, err
		}
		list = append(list, in)
	}
	list = append(list, newDraws(org, s, stream(seed, "incidents")).all()...)
	list = append(list, newDraws(org, s, stream(seed, "maintenance")).maintenance()...)
	number(list)
	return list, nil
}
