# `make demo` and `make test` need only git, make and python3: the first line of each installs the rest.

PYTHON := .venv/bin/python
LOCK := PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS= CUSTOM_COMPILE_COMMAND="make lock" \
	$(PYTHON) -m piptools compile --quiet --strip-extras --allow-unsafe --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --build-deps-for=editable

.DEFAULT_GOAL := help
.PHONY: help demo test lint prove sweep bench acceptance check schemas words pictures errors lock run-ready dev-ready clean

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

demo: run-ready ## a terminal with simulated devices and an embedded central service
	$(PYTHON) -m kiosk demo

test: lint ## lint, types, and every test but the long proofs
	$(PYTHON) -m pytest -m "not prove and not bench and not hardware" --numprocesses=2 --dist=worksteal

lint: dev-ready ## style and types only
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy

prove: dev-ready ## the long proofs: power cuts, soaks, every journey
	$(PYTHON) -m pytest -m prove
	$(MAKE) sweep

sweep: dev-ready ## every screen of the demo in every look, judged by numbers; goes on where it was stopped
	$(PYTHON) -m kiosk rehearse --sweep --glasses 2 --out out/sweep

bench: dev-ready ## speed and memory, as ratios to a bare Kivy window
	$(PYTHON) -m pytest -m bench -s

acceptance: dev-ready ## try the real devices that CONFIG (/etc/kiosk) names, with a person at them
	KIOSK_CONFIG=$(or $(CONFIG),/etc/kiosk) $(PYTHON) -m pytest -m hardware -s tests/hardware

check: run-ready ## read the whole configuration and report every problem
	$(PYTHON) -m kiosk check --config config

schemas: run-ready ## remake config/schema from the classes
	$(PYTHON) -m kiosk.settings.schema config/schema

words: run-ready ## find new sentences, and add empty entries for them to every catalogue
	$(PYTHON) -m kiosk.settings.frame_words
	-$(PYTHON) -m kiosk check --config config --fill

pictures: run-ready ## remake the README's pictures from a rehearsal
	$(PYTHON) -m kiosk rehearse config/walks/missed-bin.yaml --out out/pictures
	mkdir -p docs/pictures
	cp out/pictures/missed-bin/screens/01-question.png docs/pictures/question.png
	cp out/pictures/missed-bin/stand/tickets/ticket-0001.png docs/pictures/ticket.png

errors: dev-ready ## remake docs/errors.md from the program
	$(PYTHON) .make/errors.py

lock: dev-ready ## choose the newest versions again and write them down with their hashes
	$(LOCK) --upgrade --extra=central --output-file=requirements.txt setup.py
	$(LOCK) --upgrade --all-extras --constraint=requirements.txt --output-file=requirements-dev.txt setup.py

run-ready:
	@python3 .make/install.py run

dev-ready:
	@python3 .make/install.py dev

clean: ## remove what these commands made
	rm -rf .venv out build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find kiosk screens devices tests -name __pycache__ -type d -prune -exec rm -rf {} +
