# Duixian (兑现). `make` prints this list; every target sets up what it needs in .venv.

PYTHON ?= python3
ARGS   ?=
CITY   ?= policies/lianyungang
DEMO   ?= build/demo
OFFICE ?= build/office
PORT   ?= 8000
SERVE  ?= 1

BIN := .venv/bin
PY  := $(BIN)/python
# Only what the lock names, byte for byte.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check
# The demo city's own office, on SQLite, whatever database the environment names for the real one.
DEMO_OFFICE := DATABASE_URL= DUIXIAN_HOME=$(OFFICE) DUIXIAN_CITY=$(CITY) $(BIN)/duixian office
EXACT_ROOMS := rules source checks evaluate

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check fix accept bench peers docs lock clean tested

help:
	@echo "Duixian (兑现): a policy document is a program."
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

run: .venv/run.stamp  ## make the demo city, determine it, and start the office on it (SERVE=0: verify it and stop)
	$(BIN)/duixian demo --out $(DEMO)
	$(BIN)/duixian determine $(DEMO)/facts --policies $(CITY) --as-of 2026-12-31 --out $(DEMO)/out
	$(DEMO_OFFICE) demo --new-passwords
	$(DEMO_OFFICE) verify
	@# Only where somebody sits before a screen is there somebody to serve.
	@if [ "$(SERVE)" != 0 ] && [ -t 0 ] && [ -t 1 ]; then $(DEMO_OFFICE) serve --port $(PORT); fi

test: .venv/dev.stamp  ## run all tests, or some: make test ARGS="-k cap"
	@mkdir -p build && rm -f build/tested
	$(PY) -m pytest -n auto --cov --cov-report= $(ARGS)
	@[ -n "$(ARGS)" ] || $(PY) -m tests.office.on_postgresql
	@[ -n "$(ARGS)" ] || touch build/tested

check: .venv/dev.stamp  ## everything else that CI demands: style, types, walls, the policies, coverage
	$(PY) -m ruff check src tests bench
	$(PY) -m ruff format --check src tests bench
	$(PY) -m mypy
	$(BIN)/lint-imports --cache-dir build/imports
	$(BIN)/duixian check $(CITY)
	@$(MAKE) --no-print-directory tested
	@for room in $(EXACT_ROOMS); do \
	  echo "coverage of $$room:"; \
	  $(PY) -m coverage report --fail-under=95 --include="src/duixian/$$room/*" || exit 1; \
	done

fix: .venv/dev.stamp  ## mend the style that a machine can mend
	$(PY) -m ruff check --fix src tests bench
	$(PY) -m ruff format src tests bench

accept: .venv/dev.stamp  ## rewrite the golden files; the review is git diff
	$(PY) -m pytest -n auto --accept $(ARGS)

bench: .venv/run.stamp  ## measure, and print the numbers beside their bounds
	$(PY) -m bench $(ARGS)

peers: .venv/dev.stamp  ## measure the kernel beside OpenFisca, zen-engine, DuckDB and C: make peers ARGS="--enterprises 1000000"
	$(PY) -m bench.peers $(ARGS)

docs: .venv/dev.stamp  ## rewrite the pages that follow from the code, and act the guides out
	$(PY) -m pytest -q --accept tests/house/test_reference_pages.py tests/house/test_guides.py \
	  tests/cli/test_reference_page.py tests/source/test_json_schema.py tests/office/awards/test_states.py

lock: build/lock/bin/uv  ## choose the newest allowed dependencies and lock them with their hashes
	$(LOCK) --output-file requirements/run.txt --extra office
	$(COMPILE) requirements/source.in --output-file requirements/source.txt
	$(LOCK) --output-file requirements/dev.txt --extra office --extra dev --extra spark --extra bench --constraint requirements/run.txt

clean:  ## remove everything that was built, .venv too
	rm -rf build .venv
	find src tests bench -type d -name __pycache__ -prune -exec rm -rf {} +

# Coverage is read from the last full green run of the tests; they run again only when something changed since.
tested:
	@if [ ! -e build/tested ] || [ -n "$$(find src tests policies docs pyproject.toml requirements \
	    -type f ! -name '*.pyc' -newer build/tested | head -n 1)" ]; then $(MAKE) --no-print-directory test; fi

$(PY):
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "Duixian needs Python 3.11 or newer, and there is no '$(PYTHON)' here. Name yours: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Duixian needs Python 3.11 or newer, and $(PYTHON) is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12 ...")'
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make a virtual environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv

.venv/run.stamp: requirements/run.txt pyproject.toml | $(PY)
	$(INSTALL) --require-hashes -r requirements/run.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt requirements/source.txt pyproject.toml | $(PY)
	$(INSTALL) --require-hashes -r requirements/source.txt
	$(INSTALL) --require-hashes --no-build-isolation -r requirements/dev.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch .venv/run.stamp $@

# Universal: one lock for every platform and every Python from 3.11 on. No registry address enters the files.
COMPILE = build/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --strip-extras --custom-compile-command "make lock"
LOCK = $(COMPILE) pyproject.toml requirements/build.in

build/lock/bin/uv: | $(PY)
	$(PY) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
