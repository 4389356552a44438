# The commands of the house. `make run` and `make test` need Python 3.11 or newer and a network for
# pip. `make test` also installs the programs that it tests against (Chromium, Orthanc, DCMTK,
# Node), where it has the right to.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Processes that check types or run tests. Each that runs tests has its own server and
# browser; the tests of a file run in one, in the order of conftest.py, the longest first.
WORKERS ?= 2
# Bytecode is kept: the tests start hundreds of processes, and each would compile octome again.
unexport PYTHONDONTWRITEBYTECODE
PYTEST = $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder \
  --durations=10

.PHONY: run test soak check bench tools clean

run: $(VENV)/demo  ## a simulated eye through the whole chain, once; then browse the Standard
	$(BIN)/octome browse

test: check tools  ## every check and test
	$(PYTEST)

soak: check tools  ## the long versions: large fuzzing, many kills, every planted defect
	OCTOME_SOAK=1 $(PYTEST)

check: $(VENV)/dev  ## format, lint and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -n $(WORKERS)

bench: $(VENV)/dev  ## time what users wait for
	$(BIN)/python -m pytest benchmarks --benchmark-enable --benchmark-columns=median,iqr,max,rounds

# A command that each Debian package brings, then the package. They are for the tests: while they
# are installed, policy-rc.d keeps Debian from starting services of theirs (Orthanc's).
TOOLS := chromium=chromium dcmdump=dcmtk Orthanc=orthanc node=nodejs
PACKAGES := fonts-dejavu-core orthanc-dicomweb libgl1

tools:
	@missing=""; for tool in $(TOOLS); do \
	  PATH="$$PATH:/usr/sbin" command -v $${tool%=*} >/dev/null || missing="$$missing $${tool#*=}"; done; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  policy=/usr/sbin/policy-rc.d; \
	  if [ ! -e $$policy ]; then trap "rm -f $$policy" EXIT INT TERM; \
	    printf '#!/bin/sh\nexit 101\n' >$$policy; chmod +x $$policy; fi; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends $$missing $(PACKAGES) >/dev/null && missing=""; fi; \
	[ -z "$$missing" ] || echo "Not installed, and no right to install:$$missing. Their tests are skipped."

$(VENV)/demo: $(VENV)/run
	$(BIN)/octome demo --out octome-demo
	touch $@

$(VENV)/run: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e '.[oct]'
	touch $@

$(VENV)/dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q -e '.[dev]'
	touch $@ $(VENV)/run

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
