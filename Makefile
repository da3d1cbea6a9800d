# Everything a developer runs; `make help` lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup brief test browser test-browser golden quick check format lint types layers bench clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(STAMP) ## make the virtual environment with pinned versions

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "detente needs Python 3.11 or later")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

brief: $(STAMP) ## write out/alaska-2025/brief.html and print the summary
	@$(BIN)/detente brief alaska-2025 --full

test: $(STAMP) ## run every test and every example in the docs
	$(BIN)/python -m pytest -n 2

browser: # Debian's Chromium, and what turns a PDF into pictures, where either is missing
	@command -v chromium >/dev/null && command -v pdftoppm >/dev/null || { root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	  $$root apt-get update -qq && $$root apt-get install -y -qq --no-install-recommends chromium poppler-utils; }

test-browser: $(STAMP) browser ## run the brief in a real browser; installs Debian's Chromium where there is none
	$(BIN)/python -m pytest tests/browser

golden: $(STAMP) browser ## renew the pictures the browser tests compare with; look at them before you commit
	DETENTE_GOLDEN=renew $(BIN)/python -m pytest tests/browser/test_golden.py

quick: $(STAMP) ## run the tests that finish within a minute
	$(BIN)/python -m pytest -n 2 -m "not slow"

check: format lint types layers test ## everything that must be green before a commit lands

format: $(STAMP) ## is the code formatted?
	$(BIN)/ruff format --check .

lint: $(STAMP) ## ruff
	$(BIN)/ruff check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

layers: $(STAMP) ## who may import whom
	$(BIN)/lint-imports

bench: $(STAMP) ## speed, as ratios within one run
	$(BIN)/python -m benchmarks

clean: ## remove what the other targets made
	rm -rf $(VENV) out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
