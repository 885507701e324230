package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"time"

	"uptree/generator/decode"
	"uptree/generator/diag"
	"uptree/generator/model"
)

// maxFile bounds site.toml: 1 MiB.
const maxFile = 1 << 20

// Load reads a site.toml: file is its path in fsys, dir the folder in which the site's
// relative paths start, as it is to be shown in messages. The Site is never nil; it is
// complete only where the problems hold no error. The error is that of reading the file;
// that there is none is a problem, diag.NoConfig.
func Load(fsys fs.FS, dir, file string) (*Site, diag.List, error) {
	site := defaultSite(dir, file)
	src, err := readFile(fsys, file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return site, diag.List{{
			Code: diag.NoConfig, Pos: diag.Pos{File: site.File}, Text: "there is no such file",
			Hint: "name the folder that holds it with --source, or the file itself with --config",
		}}, nil
	case err != nil:
		return site, nil, fmt.Errorf("read %s: %w", site.File, err)
	case len(src) > maxFile:
		return site, diag.List{{
			Code: diag.OutOfRange, Pos: diag.Pos{File: site.File},
			Text: fmt.Sprintf("the file is larger than %d bytes", maxFile),
		}}, nil
	}
	table := decode.TOML(site.File, src, 1)
	site.read(section{table, table.Problems().ByCode()[diag.TOMLSyntax] > 0})
	return site, maskSecrets(table.Problems(), src), nil
}

func defaultSite(dir, file string) *Site {
	return &Site{
		Dir: dir, File: path.Join(filepath.ToSlash(dir), file),
		Title: "Reliability", Zone: time.UTC,
		Periods:    defaultPeriods(),
		ImpactEnds: model.Mitigated,
		Delivery:   model.DefaultDeliveryWords(),
		Security:   model.DefaultSecurityRules(),
		Publish:    Publish{Dir: "public"},
		History:    defaultHistory(),
	}
}

// impactEnds are the values of impact_ends.
var impactEnds = []string{"mitigated", "resolved"}

func readFile(fsys fs.FS, file string) ([]byte, error) {
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile+1))
}

// read fills the site from the file.
func (site *Site) read(top section) {
	top.checkKeys(topTable)
	site.readTop(top)
	site.Periods = readPeriods(top.subs("period", periodTable))
	site.Sources = readSources(top.subs("source", sourceTable))
	for i := range site.Sources {
		if s := &site.Sources[i]; s.Kind == "prometheus" {
			s.Prometheus.Zone = site.Zone
		}
	}
	site.Gates = readGates(top.subs("gate", gateTable), site.Periods)
	if t, ok := top.sub("severity", severityTable); ok {
		site.Severity = readSeverities(t, "incidents")
	}
	if t, ok := top.sub("incidents", incidentsTable); ok && t.oneOf("impact_ends", impactEnds) == "resolved" {
		site.ImpactEnds = model.Resolved
	}
	if t, ok := top.sub("delivery", deliveryTable); ok {
		t.readDelivery(&site.Delivery)
	}
	if t, ok := top.sub("objectives", objectivesTable); ok {
		site.MinEvents = int64(t.count("min_events", maxEvents))
	}
	site.Objectives = readObjectives(top.subs("slo", sloTable))
	site.readSecurity(top)
	if t, ok := top.sub("costs", costsTable); ok {
		site.Costs = model.PublishLevel(max(0, slices.Index(costLevels, t.oneOf("publish", costLevels))))
	}
	site.Metrics = readMetrics(top.subs("metric", metricTable))
	if t, ok := top.sub("theme", themeTable); ok {
		site.Theme = readTheme(t)
	}
	if t, ok := top.sub("publish", publishTable); ok {
		site.Publish.read(t)
	}
	if t, ok := top.Table.Table("history"); ok {
		site.History.read(section{t, top.partial})
	}
	if t, ok := top.Table.Table("check"); ok {
		site.CheckLevels = readLevels(section{t, top.partial})
	}
}
