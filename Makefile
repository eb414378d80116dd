# Each target calls what a person can call by hand in the project's environment, .venv.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
export NO_MKDOCS_2_WARNING := 1

.PHONY: ready site parts serve demo test bench words pictures gallery lighthouse nginx format lock clean

ready: $(READY)  ## Set up the project's environment, .venv
	@echo "Ready. Type “. .venv/bin/activate” in each new terminal; then omi is a command."

site: $(READY)  ## Build the site of content/ into site/
	$(BIN)/mkdocs build --strict

# Each part keeps what it makes of its inspections; the site is then put together of what all have kept.
PARTS ?= 4

parts: $(foreach part,$(shell seq $(PARTS)),part-$(part))  ## Build the site in parts; make -j4 parts PARTS=8
	$(BIN)/mkdocs build --strict

part-%: $(READY)
	OMI_SHARD=$*/$(PARTS) $(BIN)/mkdocs build --strict

serve: $(READY)  ## Preview, drafts too; data, schemas and templates are followed as they change
	$(BIN)/mkdocs serve

demo: $(READY)  ## Make up a programme of 42 areas and build its site into demo/
	rm -rf .cache/demo
	$(BIN)/omi synth --areas 42 --seed 1 --out .cache/demo/content
	OMI_CONTENT=.cache/demo/content $(BIN)/mkdocs build --strict --site-dir demo

# One more than there are cores: browsers and servers wait for each other now and then.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')

test: $(READY)  ## Lint, types and the whole test suite
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term --cov-fail-under=95

bench: $(READY)  ## Measure speed and scale beside others, and write benchmarks/README.md; ARGS="--help" tells more
	$(BIN)/python -m benchmarks $(ARGS)

words: $(READY)  ## Bring the file for the translator, omi_build/locale/cy.po, up to date
	$(BIN)/python tests/languages/words.py

pictures: $(READY)  ## Take the pictures of the guide and the README anew, from the real thing
	$(BIN)/python tests/browser/pictures.py

gallery: $(READY)  ## Take pictures of every kind of page, on screens and on paper, into .cache/gallery/
	$(BIN)/python tests/browser/gallery.py

lighthouse: $(READY)  ## Measure the main pages with Lighthouse, as on a phone
	$(BIN)/python tests/browser/lighthouse.py

nginx: $(READY)  ## Write the example configuration of nginx anew
	$(BIN)/python -c 'from omi_build import deployment, doors; from pathlib import Path; print(deployment.nginx_example(doors.configured_address(Path())), end="")' > deploy/nginx.conf

format: $(READY)  ## Bring the code into the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(READY)  ## Pin the newest versions of what pyproject.toml asks for, with hashes
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock
	$(BIN)/uv pip compile benchmarks/requirements.in --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file benchmarks/requirements.lock

clean:  ## Remove what was built and kept, but not the environment
	rm -rf site site.new-* .site.before demo demo.new-* .demo.before .cache .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	$(PYTHON) -m venv .venv
	@# --no-deps: the lock names everything. Left to resolve, an older pip asks for the newest of what another package
	@# names with an extra, and refuses it for want of a hash on the day that something newer comes out.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $(READY)
