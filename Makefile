# The commands of the house. `make run` and `make test` need nothing but Python 3.11 and a network
# for pip; `make test` installs Debian's Chromium too where it may.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench chromium clean

run: $(VENV)/run  ## browse the Standard
	$(BIN)/octome browse

test: check chromium  ## every check and test
	$(BIN)/python -m pytest

check: $(VENV)/dev  ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/dev  ## time what users wait for
	$(BIN)/python -m pytest benchmarks --benchmark-enable --benchmark-columns=median,iqr,max,rounds

chromium:
	@command -v chromium >/dev/null || { \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	    && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null; } \
	  || echo "No Chromium, and no right to install it: the browser tests will be skipped."

$(VENV)/run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e .
	touch $@

$(VENV)/dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e '.[dev]'
	touch $@ $(VENV)/run

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
