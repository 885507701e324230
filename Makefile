# make site   builds the theme, the program and the sample site
# make test   installs what the tests need where it is missing, then runs all of them
# make screenshots  takes a picture of each page kind and state; open screenshots/index.html
# make bench  measures builds of generated organisations (SIZE=L for the largest), and serve

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := site

GO ?= go
NPM := $(shell command -v npm)
THEME := themes/default
BUNDLE := $(THEME)/bundle/charts.js
# The sample's data end here: a later clock would find no fresh records.
AS_OF := 2026-11-20T09:05:00+01:00

.PHONY: site test screenshots bench bundle vet tools clean

site: bundle
	$(GO) build -o bin/uptree ./cmd/uptree
	bin/uptree build --as-of $(AS_OF)
	@echo
	@echo "The sample site is ready. Open public/index.html"

# Without npm the site is built with drawn charts alone.
bundle:
ifeq ($(NPM),)
	@echo "npm is not here: charts will be drawn, not interactive"
else
	@$(MAKE) --no-print-directory $(BUNDLE)
endif

$(BUNDLE): $(wildcard $(THEME)/script/*.ts) $(THEME)/package.json $(THEME)/package-lock.json
	cd $(THEME) && $(NPM) ci --no-audit --no-fund --silent && $(NPM) run --silent check && $(NPM) run --silent build
	touch $@

test: tools bundle vet
	$(GO) test -race -timeout 25m ./...

screenshots: tools bundle
	rm -rf screenshots
	$(GO) test ./generator -count=1 -run '^TestScreenshots$$' -screenshots ../screenshots
	@echo "Open screenshots/index.html"

vet:
	test -z "$$(gofmt -l cmd generator themes/*.go | tee /dev/stderr)"
	$(GO) vet ./...
	$(GO) tool staticcheck ./...

# What the tests run, as package:program[,program…]. In CI a missing one fails the tests.
TOOLS := chromium:chromium,chromium-browser,google-chrome prometheus:prometheus \
	postgresql:postgres,/usr/lib/postgresql/*/bin/postgres

# A service that a package may start is not used: the tests run servers of their own.
tools:
	@missing=; for tool in $(TOOLS); do \
		command -v $$(tr , ' ' <<<"$${tool#*:}") >/dev/null || missing+=" $${tool%%:*}"; \
	done; \
	[ -z "$$missing" ] || { command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] && apt-get update -qq && \
		DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null; } || \
		echo "Not here and not to be installed:$$missing. The tests that need them will say so"

bench:
	$(GO) build -o bin/uptree ./cmd/uptree
	$(GO) build -o bin/orggen ./cmd/orggen
	bin/orggen bench -uptree bin/uptree -sizes "$(if $(SIZE),$(SIZE),S M)"
	$(GO) test ./generator -run '^$$' -bench SaveToRepaint -benchtime 20x

clean:
	rm -rf bin public screenshots .uptree $(THEME)/node_modules $(THEME)/bundle/*.js
