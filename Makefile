# Needs Python >= 3.11, make and git. Everything else is fetched into .tools and .venv.

PYTHON ?= python3
BIN    := .venv/bin
# Tests at once; one for each core unless told otherwise.
JOBS   ?= auto

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo run test lint format bench docs messages mutants lock clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/run.stamp messages  ## build a province and its year, and serve it on http://127.0.0.1:8000
	@$(BIN)/huiyin demo

run: .venv/run.stamp messages  ## serve an ordinary instance whose data lie in HUIYIN_HOME
	@$(BIN)/huiyin serve

test: .venv/dev.stamp messages  ## run the tests; ARGS goes to pytest
	$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

lint: .venv/dev.stamp messages  ## form, types, import directions, catalogues, migrations, templates
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m huiyin.config.catalogues --check
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint huiyin --lint --quiet
	$(BIN)/vulture

format: .venv/dev.stamp  ## put the code into form
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/dev.stamp messages  ## measure on 20,000 and 150,000 suggestions; prints JSON
	@$(BIN)/python -m tests.bench $(ARGS)

docs: .venv/run.stamp messages  ## write the generated pages of docs/ again
	@$(BIN)/huiyin lifecycle --write docs/domain
	@$(BIN)/huiyin rulebook docs --write docs/domain
	@$(BIN)/huiyin statistics --write docs/domain

messages: .venv/run.stamp  ## compile the catalogues
	@$(BIN)/python -m huiyin.config.catalogues

mutants: .venv/dev.stamp messages  ## break the proven code on purpose and count what the tests notice
	@$(BIN)/python scripts/mutants.py $(ARGS)

lock: .venv/run.stamp  ## work out the locked lists again after a change in pyproject.toml
	.tools/bin/uv pip compile --quiet pyproject.toml --group build $(COMPILE) -o requirements.lock
	.tools/bin/uv pip compile --quiet pyproject.toml --group build --group dev \
		-c requirements.lock $(COMPILE) -o requirements-dev.lock

clean:  ## remove what can be made again; data stay
	rm -rf .venv .tools build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	rm -rf mutants htmlcov .coverage*

COMPILE = --universal --python-version 3.11 --generate-hashes --no-annotate --no-header

.venv/run.stamp: requirements.lock pyproject.toml scripts/environment
	@scripts/environment run
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/run.stamp
	@scripts/environment dev
	@touch $@
