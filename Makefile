# One command is enough: `make demo`, then `.venv/bin/ethnokit --help`.
# GNU make 3.81 or newer. PYTHON chooses the interpreter: make install PYTHON=python3.12

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/ethnokit/locale/*/LC_MESSAGES/*.po))
# CI may ask for another number of processes: make test JOBS=4
JOBS ?= 2
# One benchmark alone: make bench BENCH=startup
BENCH ?=

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install demo test bench lint style types layers catalogue clean

help:
	@echo "make install   create $(VENV) with EthnoKit and what its tests need"
	@echo "make demo      install, then check the study of this folder and compile it to PDF"
	@echo "make test      install, then run the tests"
	@echo "make bench     install, then measure; writes docs/performance.md and takes some ten minutes"
	@echo "make lint      install, then style, types and layers"
	@echo "make clean     remove $(VENV) and the caches; the fieldwork is not touched"

install: $(STAMP) $(CATALOGUES)

# The stamp is written last: an installation that was cut short starts again, one that is whole is not repeated.
$(STAMP): pyproject.toml hatch_build.py scripts/system-packages scripts/apt-packages
	bash scripts/system-packages $(PYTHON)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# The installation compiles the translations too; this rule is for those edited since.
%.mo: %.po $(STAMP)
	$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

demo: install
	$(BIN)/ethnokit check
	$(BIN)/ethnokit build
	@echo "Open the report: $(CURDIR)/reports/collective/report.pdf"
	@echo "and the sheets:  $(CURDIR)/reports/collective/sheets/"

test: install
	bash scripts/browser
	$(BIN)/python -m pytest -n $(JOBS)

bench: install
	$(BIN)/python -m benchmarks $(BENCH)

lint: style types layers

style: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: install
	$(BIN)/mypy

layers: install
	$(BIN)/lint-imports

# Sentences new in the code come into the French catalogue, empty; those that are gone leave it.
# click looks up its own sentences in the same catalogue.
catalogue: install
	mkdir -p build
	$(BIN)/pybabel --quiet extract --mapping pyproject.toml --keyword N_ --keyword translate --sort-output --add-location never --no-wrap --output build/ethnokit.pot src "$$($(BIN)/python -c 'import click; print(*click.__path__)')"
	$(BIN)/pybabel --quiet update --ignore-obsolete --no-fuzzy-matching --no-wrap --ignore-pot-creation-date --domain ethnokit --input-file build/ethnokit.pot --output-dir src/ethnokit/locale --locale fr

clean:
	rm -rf $(VENV) .ethnokit .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
