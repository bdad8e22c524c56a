# learn · test · notebooks · grade · site      (what each does: README.md)
PYTHON ?= python3
VENV   ?= .venv
# the site's builder brings a kernel for browsers, which must not come into a learner's JupyterLab
SITE   ?= .venv-site
VENVS  := $(VENV) $(SITE)
BIN    := $(VENV)/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

learn: $(VENV)/ready
	$(BIN)/python -m course_utils.learn $(if $(AGAIN),--again $(AGAIN))

test: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n 3 $(ARGS)

notebooks: $(VENV)/ready-dev
	$(BIN)/python -m tools.build $(LESSON)

# with LESSON and FROM: your class (ARGS: workers, a Dask scheduler, a database); without: the sample class
grade: $(VENV)/ready
ifneq ($(LESSON)$(FROM)$(ARGS),)
	$(BIN)/python -m course_utils.grading $(LESSON) $(if $(FROM),--from "$(FROM)") $(ARGS)
else
	$(BIN)/python -m tools.sample_class sample_class/handed-in
	$(BIN)/python -m course_utils.grading 04-collapse --from sample_class/handed-in --class sample_class
endif

# the course as a static site in build/site; with OFFLINE=1 one that is whole in itself
site: $(SITE)/ready-site
	$(SITE)/bin/python -m tools.site $(if $(OFFLINE),--offline)

# tries the site in a browser, every lesson: some minutes
test-site: $(SITE)/ready-site $(SITE)/ready-dev
	$(SITE)/bin/python -m tools.site --offline build/tried/untangle
	UNTANGLE_SITE=build/tried/untangle $(SITE)/bin/python -m pytest -n 2 tests/browser/test_site_in_browser.py $(ARGS)

$(VENVS:=/ready): %/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $*
	$*/bin/python -m pip install -q -r requirements.txt
	$*/bin/python -m pip install -q --no-deps -e .
	touch $@

$(VENVS:=/ready-dev): %/ready-dev: %/ready requirements-dev.txt
	$*/bin/python -m pip install -q -r requirements-dev.txt
	touch $@

$(VENVS:=/ready-site): %/ready-site: %/ready requirements-site.txt
	$*/bin/python -m pip install -q -r requirements-site.txt
	touch $@

.PHONY: learn test notebooks grade site test-site
