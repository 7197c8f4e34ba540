# Every verb is a short Python program in tools/verbs; it needs nothing but Python 3.11 and says what is missing.
VERB = @sh tools/verb.sh
ARGS ?=
MINUTES ?= 10
ROUNDS ?= 20

.DEFAULT_GOAL := help
.PHONY: help run shuke test unit check fix bench verify-ledger verify-coupons console docs clean

help: ## these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: ## start Shuke with its demo shop (ARGS="--port 9000", "--demo online-retail", "--empty")
	$(VERB) run $(ARGS)

shuke: ## any command of the program (ARGS="doctor", ARGS="staff reset-password admin")
	$(VERB) shuke $(ARGS)

test: ## everything: checks, server tests, console tests, browser tests
	$(VERB) test

unit: ## the tests that need no database and no browser
	$(VERB) unit $(ARGS)

check: ## formatting, lint, types, import contracts, house rules
	$(VERB) check

fix: ## format, and mend what can be mended by itself
	$(VERB) fix

bench: ## the longer proofs and the measurements
	$(VERB) bench $(ARGS)

verify-ledger: ## many clients and faults at once, checked (MINUTES=n; ARGS="--seed 2")
	$(VERB) verify-ledger --minutes $(MINUTES) $(ARGS)

verify-coupons: ## very many want few coupons, with faults (ROUNDS=n; ARGS="--no-faults")
	$(VERB) verify-coupons --rounds $(ROUNDS) $(ARGS)

console: ## build the console, when its sources changed
	$(VERB) console

docs: ## write docs/reference again from the code
	$(VERB) docs

clean: ## remove what was built and installed (never your data)
	$(VERB) clean
