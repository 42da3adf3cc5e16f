# The two commands of the README. Both set up the virtual environment on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX := .gongkai
HOST ?= 127.0.0.1
PORT ?= 8000
QUICK := tests/test_tables.py tests/test_layouts.py tests/test_layout_figures.py tests/test_amounts.py \
	tests/test_levels_and_columns.py \
	tests/test_field_words.py tests/test_scattered_words.py tests/test_measures.py tests/test_metadata.py \
	tests/test_statements.py tests/test_sayings_cases.py tests/test_judged_narratives.py tests/test_golden.py \
	tests/test_ledger.py tests/test_outline.py tests/test_search.py tests/test_query_parser.py \
	tests/test_query_binder.py tests/test_architecture.py

.PHONY: run test quick software clean

run: $(VENV)/.run
	$(BIN)/gongkai serve corpus --index $(INDEX) --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile -m "not software"

# What is run every day: all but the tests that kill, damage, draw and print.
quick: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/pytest -n auto --dist loadfile -q -m "not software" $(QUICK)

# Tables printed by LibreOffice and Chromium, where these are installed.
software: $(VENV)/.dev
	$(BIN)/pytest -m software

$(VENV)/.run: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("gongkai needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) $(INDEX) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
