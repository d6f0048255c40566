# Each target is one call of a portable script; on Windows: py scripts/tasks.py demo
PYTHON ?= python3
.PHONY: demo test slow check score gains encoder clean
demo test slow check score gains clean:
	@$(PYTHON) scripts/tasks.py $@ $(ARGS)
encoder:
	@$(PYTHON) scripts/tasks.py encoder $(TRAIN)
