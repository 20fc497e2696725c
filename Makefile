# The two commands that matter: `make run` and `make test`.

SHELL := /usr/bin/env bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build dev test bench soak screenshots

ADDR ?= 127.0.0.1:3000
# wasm-opt is an npm package; the tools that cargo installs may not be on PATH yet.
export PATH := $(CURDIR)/end2end/node_modules/.bin:$(HOME)/.cargo/bin:$(PATH)

help: ## What there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: build ## The demo on http://127.0.0.1:3000 (ADDR=… elsewhere)
	@exec target/release/acclimate demo --addr $(ADDR)

build: ## The release: target/release/acclimate, one self-contained executable
	@scripts/install.sh build
	@scripts/build.sh

dev: ## Live reload
	@scripts/install.sh build
	@scripts/style.sh
	@cargo leptos watch

test: ## Every check
	@scripts/install.sh test
	@scripts/test.sh

bench: ## Benchmarks, each beside its reference
	@scripts/install.sh test
	@scripts/build.sh
	@scripts/bench.sh

soak: ## The long tests: kills, faults, races
	@scripts/install.sh test
	@scripts/build.sh
	@scripts/soak.sh

screenshots: ## The pictures in docs/images, from the demo
	@scripts/install.sh test
	@scripts/build.sh
	@scripts/screenshots.sh
