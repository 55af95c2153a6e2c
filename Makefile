# A fresh machine needs Python 3.10 or later, git and make; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEXTS ?= $(if $(LICENSECHECK_CORPUS),$(LICENSECHECK_CORPUS)/license-texts)
ACCEPTANCE ?= ../shared/acceptance/run.py
PACKAGING := setup.cfg setup.py pyproject.toml

.PHONY: help demo test lint format types bench transcript reference docs man browser fingerprints acceptance clean

help:
	@echo "make demo          check, mend and check again an example release (in build/demo)"
	@echo "make test          the whole test suite; ARGS='-m \"not slow\"' leaves out what builds and installs"
	@echo "make lint types    ruff; mypy --strict"
	@echo "make format        let ruff rewrite the code"
	@echo "make bench         start-up cost against bare Python, and the hostile folders against their tight limits"
	@echo "make transcript    write the transcripts in the READMEs and docs/adding-a-license.md anew"
	@echo "make browser       the review packet in a Chromium that is there (LICENSECHECK_CHROMIUM=PATH)"
	@echo "make reference     write the reference pages of all licences into build/reference"
	@echo "make docs man      the site of the documentation into build/site; the man pages into build/man"
	@echo "make fingerprints  recompute the fingerprints of the licence texts in TEXTS=DIR"
	@echo "make acceptance    run the acceptance scenarios ACCEPTANCE=.../run.py"
	@echo "make clean         remove .venv, build and caches"

# One stamp per set of packages, so that the demo need not wait for the test tools.
$(VENV)/installed-run: $(PACKAGING)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "Python 3.10 or later is needed: make PYTHON=/path/to/python3")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q licensecheck  # an editable install leaves this to the first run, which may not be allowed to
	@touch $@

$(VENV)/installed-test: $(VENV)/installed-run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,dev]'
	@touch $@

demo: $(VENV)/installed-run
	@PATH="$(abspath $(BIN)):$$PATH" sh examples/demo.sh build/demo

test: $(VENV)/installed-test
	$(BIN)/python -m pytest $(ARGS)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: $(VENV)/installed-dev
	$(BIN)/mypy

bench: $(VENV)/installed-test
	$(BIN)/python -m compileall -q licensecheck
	$(BIN)/python benchmarks/check_cold.py
	LICENSECHECK_WALL_SECONDS=2 $(BIN)/python -m pytest -q tests/test_hostile_folders.py

transcript: $(VENV)/installed-test
	LICENSECHECK_REWRITE=1 $(BIN)/python -m pytest -q tests/test_demo.py tests/test_adding_a_license.py -k "transcript or commands"

reference: $(VENV)/installed-run
	$(BIN)/llm-licensecheck rules docs --output build/reference

$(VENV)/installed-docs: $(VENV)/installed-run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@touch $@

docs: $(VENV)/installed-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

man: $(VENV)/installed-run
	$(BIN)/python -m licensecheck.cli.manual --output build/man

browser: $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[browser]'
	$(BIN)/python -m pytest tests/browser $(ARGS)

fingerprints: $(VENV)/installed-run
	@test -n "$(TEXTS)" || { echo "make fingerprints TEXTS=DIR  (a folder of licence texts with its index.yaml)"; exit 2; }
	$(BIN)/python -m licensecheck.recognise.build --texts "$(TEXTS)" --out rules/fingerprints

acceptance: $(VENV)/installed-run
	@test -f "$(ACCEPTANCE)" || { echo "make acceptance ACCEPTANCE=/path/to/acceptance/run.py  (not found: $(ACCEPTANCE))"; exit 2; }
	$(BIN)/python "$(ACCEPTANCE)" --cmd "$(abspath $(BIN))/llm-licensecheck"

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
