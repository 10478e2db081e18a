# `make` alone lists what there is. Every target that needs it sets up the environment in .venv/ first.

PYTHON := .venv/bin/python
# What a measuring set of messages is read from, where there is one.
NLU_DEV ?= $(wildcard ../shared/nlu-dev)

.PHONY: help run shell train test check format evaluate tune bench faults-long walk mutation docs lock clean setup browser screenshots
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

setup: ## the environment in .venv/, repaired if it is not whole
	@sh scripts/set-up.sh </dev/null

run: setup ## everything on this machine, and a conversation in the terminal
	@exec $(PYTHON) -m turns run --end-with-make

shell: setup ## rasa shell for staff, with a throw-away database (var/shell.db)
	@$(PYTHON) -m turns train </dev/null && exec $(PYTHON) -m turns shell

train: setup ## the model, if none fits config, domain, data and language
	@$(PYTHON) -m turns train </dev/null

browser: setup ## Chromium for the tests of the widget, where it can be installed; without it they fail if CI is set
	@sh scripts/find-chromium.sh --install >/dev/null || test -z "$$CI"

test: train browser ## every test, on two cores
	@$(PYTHON) -m pytest -n 2 --dist loadgroup $(ARGS)

check: setup ## format, lint, types, walls, content
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports
	@$(PYTHON) -m pytest -q tests/content

format: setup ## formats the code as `make check` wants it
	@$(PYTHON) -m ruff check --fix-only --quiet . && $(PYTHON) -m ruff format .

evaluate: setup ## how well messages and dates are understood, beside stock Rasa (NLU_DEV=FOLDER with messages of others)
ifeq ($(NLU_DEV),)
	@echo "evaluate: no messages to measure with; say where they are: make evaluate NLU_DEV=FOLDER" >&2; exit 2
else
	@$(PYTHON) -m tests.evaluate $(NLU_DEV) $(ARGS)
endif

tune: setup ## what our own messages teach the encoder, anew: after many new sentences in data/nlu
	@$(PYTHON) -m language.encoder.tuning

faults-long: train ## kills, cuts and restarts for hours instead of minutes
	@FAULTS=long $(PYTHON) -m pytest tests/faults -n 2 --dist loadgroup $(ARGS)

walk: train ## 5,000 random conversations (WALKS=50: so many); a failure is printed as a transcript that can be kept
	@WALKS=$(or $(WALKS),5000) $(PYTHON) -m pytest tests/conversations/test_walks.py -n 2 $(ARGS)

screenshots: train browser ## the widget's main states, on a desktop and a telephone, into docs/screenshots
	@$(PYTHON) -m tests.widget.screenshots $(ARGS)

bench: train ## how fast it is, beside stock Rasa (ARGS=--quick: a few rounds)
	@$(PYTHON) -m tests.bench $(ARGS)

mutation: setup ## how many removed or changed rules of the policy a test notices
	@$(PYTHON) tests/policy/mutation_score.py

docs: setup ## what is generated from the code into docs/
	@$(PYTHON) -m buyer_protection.staff.decision_table

lock: setup ## requirements.lock anew from pyproject.toml, with hashes and without an index
	@sh scripts/lock.sh

clean: ## everything that was made here, but for the data in var/
	rm -rf .venv .cache .rasa models/*.tar.gz models/*.hash build *.egg-info
	find . -name __pycache__ -prune -exec rm -rf {} +
