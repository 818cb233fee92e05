# Needs make and Python 3.11 or newer; everything else is fetched here.
#
#   make demo    three made-up clients, from ledger to report
#   make lab     the notebooks in JupyterLab
#   make test    every check
#
# Another Python than the first that is found: make PYTHON=3.13 demo

PYTHON ?= >=3.11
BIN := .venv/bin
UV := $(shell uv --version >/dev/null 2>&1 && echo uv || echo .uv/bin/uv)

export UV_COMPILE_BYTECODE := 1
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1
unexport VIRTUAL_ENV

.PHONY: help demo lab test setup browser tools pins clean distclean
.NOTPARALLEL:
.DELETE_ON_ERROR:

help:
	@sed -n 's/^#   make/make/p' Makefile

demo: setup
	@$(BIN)/credit-audit demo

lab: setup
	@$(BIN)/credit-audit lab

test: .venv/.dev .venv/.browser tools
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/pytest -n 2 --dist loadfile

setup: .venv/.installed .venv/.browser

# --- the environment -------------------------------------------------------------------------

.uv/bin/uv:
	@echo "Fetching uv into .uv/ ..."
	@{ python3 -m venv .uv && .uv/bin/python -m pip install -q uv; } >/dev/null 2>&1 \
	|| { rm -rf .uv && python3 -m pip install -q --target .uv uv; } >/dev/null 2>&1 \
	|| { rm -rf .uv && [ "$$(id -u)" = 0 ] && apt-get update -qq \
	     && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv \
	     && python3 -m venv .uv && .uv/bin/python -m pip install -q uv; } >/dev/null 2>&1 \
	|| { rm -rf .uv; \
	     echo "uv could not be fetched. Needed are a network and either uv itself, or a Python 3" >&2; \
	     echo "with venv or pip (on Debian and Ubuntu: sudo apt-get install python3-venv)." >&2; \
	     exit 1; }

.venv/pyvenv.cfg: | $(filter .uv/bin/uv,$(UV))
	@$(UV) venv -q --python "$(PYTHON)" .venv

.venv/.installed: pyproject.toml constraints.txt | .venv/pyvenv.cfg
	@echo "Installing into .venv/ ..."
	@$(UV) pip install -q -p .venv -c constraints.txt -e .
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/pyvenv.cfg
	@echo "Installing into .venv/, with the tools for tests ..."
	@$(UV) pip install -q -p .venv -c constraints.txt -e '.[dev]'
	@touch $@ .venv/.installed

# Looked for once; without a browser there is no PDF, but all the rest. Again: make browser
# -P: the folder of the file is not searched, where a module may be called html.
.venv/.browser: | .venv/.installed
	@$(BIN)/python -P credit_helpers/report/browser.py || true
	@touch $@

browser: .venv/.installed
	@rm -f .venv/.browser
	@$(MAKE) -s --no-print-directory .venv/.browser

# Programs that only tests use: one reads the workbook again, the other looks at the PDF.
tools:
	@missing=; \
	command -v soffice >/dev/null || command -v libreoffice >/dev/null \
	    || missing="libreoffice-calc-nogui"; \
	command -v pdftoppm >/dev/null || missing="$$missing poppler-utils"; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing $$missing ..."; \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
	        apt-get install -y -qq --no-install-recommends $$missing >/dev/null \
	    && exit 0; \
	fi; \
	echo "Not on this machine: $$missing. The tests that need them are skipped."

# Every version of every package, on all systems, without an address.
pins: | $(filter .uv/bin/uv,$(UV))
	@$(UV) pip compile -q --universal --python-version 3.11 --extra deck --extra dev --upgrade \
	    --no-header --no-annotate pyproject.toml -o constraints.txt

# --- tidying up ------------------------------------------------------------------------------

# Reports are left alone: they may be somebody's work.
clean:
	@rm -rf build dist .pytest_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -path ./.uv -prune -o \
	    -type d \( -name __pycache__ -o -name .ipynb_checkpoints -o -name '*.egg-info' \) \
	    -prune -exec rm -rf {} +

distclean: clean
	@rm -rf .venv .uv
