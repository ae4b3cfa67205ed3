# `make help` lists what there is. Written for GNU make 3.81 and later.

PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check -qq install
WORKERS ?= 2
SOLIDITY = tests/solidity
# The binary itself: the package's own launcher starts Node.js first, which takes longer than most test runs.
FORGE = cd $(SOLIDITY) && node_modules/@foundry-rs/forge-*/bin/forge test

.PHONY: help demo test coverage evm tools check prove mutants evidence bench clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s  %s\n", $$1, $$2 }' Makefile

demo: .venv/.ready ## play loans, prove the properties, write the vectors
	@.venv/bin/lien tour

test: .venv/.ready tools ## run the tests, on Python and on the EVM
	@.venv/bin/pytest -n $(WORKERS) --dist worksteal
	@if command -v node >/dev/null; then $(FORGE) --match-path test/Arithmetic.t.sol; fi

coverage: .venv/.ready ## fail below full branch coverage of the specification and the protocol
	@.venv/bin/pytest -n $(WORKERS) tests/spec tests/protocol --cov=lien.spec --cov=lien.protocol --cov-branch \
		--cov-report=term-missing --cov-fail-under=100

evm: .venv/.ready tools ## run the tests on the EVM alone
	@.venv/bin/pytest -n $(WORKERS) tests/vectors/evm

# pytest runs Foundry by its binary; where Node.js is absent, nothing can install it and its tests skip.
tools:
	@if command -v node >/dev/null; then $(MAKE) --no-print-directory $(SOLIDITY)/node_modules/.ready; \
	else echo "EVM tests left out: Node.js is not installed"; fi

check: .venv/.ready ## check style, types, the direction of imports, and that the links are doors only
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy
	@.venv/bin/basedpyright --pythonpath .venv/bin/python
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/pytest tests/test_layout.py

prove: .venv/.ready ## prove every property of every transition; again only what changed
	@mkdir -p build/proofs
	@.venv/bin/lien prove --keep build/proofs

mutants: .venv/.ready ## make the mistakes of incidents, and see that the proof finds each
	@mkdir -p build/mutants
	@.venv/bin/lien mutants --keep build/mutants

evidence: .venv/.ready ## what takes longer: long tests, mutants, random calls; goes on where it was interrupted
	@mkdir -p build/evidence build/mutants
	@.venv/bin/pytest -n $(WORKERS) -m long
	@.venv/bin/lien mutants --by both --keep build/mutants
	@.venv/bin/lien compare --times 1000 --keep build/evidence
	@.venv/bin/lien explore --calls 1000000 --keep build/evidence
	@.venv/bin/python -m mutation

bench: .venv/.ready ## measure
	@.venv/bin/python -m benchmarks

clean: ## remove everything that was made here
	rm -rf .venv build dist src/*.egg-info
	rm -rf .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf $(SOLIDITY)/cache $(SOLIDITY)/node_modules $(SOLIDITY)/out
	find src tests -name __pycache__ -prune -exec rm -rf {} +

# $(call require,command,name): where the command fails, make ends with one line that says what is missing.
require = $(if $(shell $(1) >/dev/null 2>&1 && echo found),,$(error Lien needs $(2)))
IS_RIGHT_PYTHON = "$(PYTHON)" -c 'import sys; sys.exit(not 11 <= sys.version_info.minor <= 13)'

# constraints.txt names every package, so that pip resolves nothing; it follows from pyproject.toml:
#   uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
#       --no-emit-index-url --no-header --no-annotate -o constraints.txt
.venv/.ready: constraints.txt pyproject.toml
	$(call require,git --version,git)
	$(call require,$(IS_RIGHT_PYTHON),Python 3.11 to 3.13 as $(PYTHON); name another one with PYTHON=)
	$(call require,"$(PYTHON)" -c 'import ensurepip; import venv',Python's venv module (Debian: python3-venv))
	@echo "Making .venv, which takes about half a minute"
	@"$(PYTHON)" -m venv --clear .venv
	@$(PIP) --no-deps --only-binary :all: --require-hashes -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(SOLIDITY)/node_modules/.ready: $(SOLIDITY)/package-lock.json
	@cd $(SOLIDITY) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
