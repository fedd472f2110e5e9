# Everything a newcomer types. `make run` and `make test` install what they
# need; the rest of the work is in Go (cmd/spark).

SHELL := /bin/bash
GO ?= go
SPARK := bin/spark
ASSETS := api/assets/dist/.built
PKG ?= ./...

.PHONY: run test crash race crashpoints axe demo bench lint clean build assets tools screenshots record-histories help

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ \t/' | expand -t 20

run: build ## start everything on this machine
	@exec $(SPARK) dev

test: build lint ## all tests, on servers of their own (PKG=./api to test one package)
	@$(SPARK) testenv --summary -- $(GO) test -json -timeout 40m $(PKG)
	@echo "cmd/devserver:" && cd cmd/devserver && ../../$(SPARK) testenv -- $(GO) test ./...

crash: build ## run everything, break every part of it, and tell what was lost (MINUTES=3 SEED=1 PLANTED="a bug's name")
	@$(GO) run ./cmd/crash --minutes $(or $(MINUTES),3) $(if $(SEED),--seed $(SEED)) $(if $(PLANTED),--planted "$(PLANTED)")

race: build ## both parties say yes at the same moment, and one form is sent 50 times at once, again and again (PAIRS=10000 CLICKS=1000)
	@$(GO) run ./cmd/crash --pairs $(or $(PAIRS),1000) --clicks $(or $(CLICKS),100) $(if $(RESTED),--rested) $(if $(PLANTED),--planted "$(PLANTED)")

crashpoints: assets ## let a process die at every point that it passes, one at a time (FIRST=1: at the first hits alone; MOST=12 LANES=4)
	@$(GO) run ./cmd/crash --points $(if $(FIRST),--first) $(if $(LANES),--lanes $(LANES)) $(if $(MOST),--most $(MOST))

axe: build ## ask axe about every state of every page, and list what was asked
	@set -o pipefail; $(GO) test -v -count=1 -run '^TestPagesInABrowser$$' ./api | grep -E 'axe|FAIL|^ok'

demo: build ## a forløb from application to evaluation, and others that end otherwise, in two minutes
	@exec $(SPARK) demo

bench: build ## measure how fast it is, as ratios to a baseline in the same run (FORLOEB=100000 TIMES=100)
	@$(SPARK) bench $(if $(FORLOEB),--forloeb $(FORLOEB)) $(if $(TIMES),--times $(TIMES))

lint: build ## vet, workflow determinism, formatting
	@$(GO) vet ./... && cd cmd/devserver && $(GO) vet ./...
	@unformatted=$$(gofmt -l activities api cmd internal migrations workflows); if [ -n "$$unformatted" ]; then echo "not formatted, run gofmt -w: $$unformatted"; exit 1; fi
	@$(GO) tool workflowcheck ./workflows

screenshots: build ## take the pictures in docs/pictures anew, from a forløb walked through in a browser
	@rm -f docs/pictures/*.png
	@SPARK_PICTURES=$(CURDIR)/docs/pictures $(SPARK) testenv -- $(GO) test -count=1 -run TestAForloebByClicking ./cmd/spark
	@SPARK_PICTURES=$(CURDIR)/docs/pictures $(GO) test -count=1 -run TestPicturesOfFigures ./api
	@$(GO) test -count=1 -run TestPicturesShow ./api -args -pictures-are-new

record-histories: build ## record a history of every kind of forløb for the replay test, and keep it (RELEASE=2026.12.1)
	@case "$(RELEASE)" in ""|*[!A-Za-z0-9._-]*) echo "make: name the release: make record-histories RELEASE=2026.12.1" >&2; exit 1;; esac
	@mkdir workflows/testdata/histories/$(RELEASE) || { echo "make: what a release has recorded is never replaced" >&2; exit 1; }
	@SPARK_RECORD_HISTORIES=$(CURDIR)/workflows/testdata/histories/$(RELEASE) $(SPARK) testenv -- $(GO) test -count=1 -run "^TestServer" ./workflows

clean: ## remove the state of development and what was built
	@if [ -x $(SPARK) ]; then $(SPARK) clean; fi
	@rm -rf .spark bin api/assets/node_modules && find api/assets/dist -mindepth 1 ! -name .gitkeep -delete

build: tools assets
	@$(GO) build -o $(SPARK) ./cmd/spark

assets: $(ASSETS)

$(ASSETS): api/assets/package-lock.json api/assets/build.mjs $(wildcard api/assets/*.css api/assets/*.js api/assets/*.svg api/assets/.npmrc)
	@cd api/assets && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error || { echo "make: the pages' styles could not be installed: check that npm reaches its registry, then try again" >&2; exit 1; }
	@cd api/assets && node build.mjs && touch dist/.built

tools:
	@command -v $(GO) >/dev/null || { echo "make: Go is missing: install Go 1.26 or later" >&2; exit 1; }
	@command -v node >/dev/null && command -v npm >/dev/null || { echo "make: Node is missing: install Node 20 or later with npm" >&2; exit 1; }
