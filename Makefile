# The two commands of the README. Both set up the virtual environment on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INDEX := .gongkai
HOST ?= 127.0.0.1
PORT ?= 8000

.PHONY: run test clean

run: $(VENV)/.run
	$(BIN)/gongkai serve corpus --index $(INDEX) --host $(HOST) --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

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
