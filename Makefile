# Golive. `make` alone explains itself; everything else sets up what it needs in .venv.
PYTHON ?= python3
BIN := .venv/bin
DEMO_HOME ?= .demo
DEMO_OPTIONS ?= --serve

.DEFAULT_GOAL := help
.PHONY: help demo test test-random check format bench press shots real clean

help: ## Show what there is
	@echo "Golive: late projects and overloaded engineers, seen early."
	@echo
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|' 2>/dev/null \
		|| grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1    \2/'

# pip takes the versions from the lock; the stamp tells whether it did so since the lock last changed.
.venv/.installed: pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit("Golive needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say another with PYTHON=python3.12.") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing Golive into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable .
	@touch $@

.venv/.installed-dev: .venv/.installed
	@echo "Installing what tests and checks need into .venv …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[dev]'
	@touch $@

demo: .venv/.installed ## Make up a company and serve the dashboard with it
	@$(BIN)/golive demo --home $(DEMO_HOME) $(DEMO_OPTIONS)

test: .venv/.installed-dev ## Run all tests
	@OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n auto --dist loadscope --no-loadscope-reorder $(TEST_OPTIONS)

# An odd seed is as good as another; the number is printed so that a failure can be drawn again.
SEED ?= $(shell $(PYTHON) -c 'import secrets; print(secrets.randbelow(10**9))')
test-random: .venv/.installed-dev ## Draw new examples for every law, ten times as many (SEED=n draws them again)
	@seed=$(SEED); echo "Drawing with SEED=$$seed"; \
		$(BIN)/python -m pytest -q -n auto --hypothesis-profile=random --hypothesis-seed=$$seed -m hypothesis $(TEST_OPTIONS) \
		|| { echo "Drawn with SEED=$$seed; make test-random SEED=$$seed draws the same."; exit 1; }

check: .venv/.installed-dev ## Check format, lint, types, import contracts, SQL and texts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/sqlfluff lint sql

format: .venv/.installed-dev ## Format Python and SQL
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format .
	@$(BIN)/sqlfluff fix --quiet sql

bench: .venv/.installed-dev ## Measure speed and memory, as ratios within one run
	@$(BIN)/python -m tests.benchmarks $(BENCH_OPTIONS)

press: .venv/.installed-dev ## Press every control of every page from a fresh load, twice, and after a reload
	@GOLIVE_PRESS=all $(BIN)/python -m pytest -q tests/browser/test_every_button.py $(TEST_OPTIONS)

shots: .venv/.installed-dev ## Make pictures of every page of the demo, both themes, laptop and phone, into screenshots/
	@$(BIN)/python -m tests.browser.shots --home $(DEMO_HOME) $(SHOTS_OPTIONS)

real: .venv/.installed-dev ## Import the real data of ../shared and look at what is in it
	@$(BIN)/python -m pytest -q -s tests/real $(TEST_OPTIONS)

clean: ## Remove .venv, the demo and everything that was built
	rm -rf .venv $(DEMO_HOME) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
