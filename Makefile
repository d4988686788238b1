# Two commands matter: 'make fly' to see it work, 'make test' to see that it works.
#
# PORTABLE=1 builds for any processor of the architecture rather than for this one; the bits of all
# results are the same.

export PORTABLE

SCENARIO ?= Examples/circle.yaml

PHYSICS := $(addprefix Sources/,SpatialMath Geometry Bullet Drone Control Simulation)
FORMATTED := $(wildcard Assets Examples Sources Tests Package.swift)

.DEFAULT_GOAL := help
.PHONY: help fly test build picture format clean install install-browser

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

fly: install ## Build and fly a scenario: make fly [SCENARIO=Examples/circle.yaml]
	.ci/build --product swiftlet
	.build/release/swiftlet fly $(SCENARIO)

test: install install-browser ## Run every check and test, as CI does
	swift format lint --strict --recursive --parallel $(FORMATTED)
	python3 .ci/check_units.py $(PHYSICS)
	python3 .ci/check_dependencies.py
	python3 .ci/check_house.py
	python3 .ci/check_contraction.py
	.ci/build --build-tests
	python3 .ci/check_documentation.py
	python3 .ci/run_tests.py --configuration release --parallel --skip-build

build: install ## Build the library and the command
	.ci/build

picture: install install-browser ## Draw the README's picture anew
	.ci/build --product swiftlet
	.ci/draw_picture

format: ## Lay out the Swift sources as the linter wants them
	swift format --in-place --recursive --parallel $(FORMATTED)

clean: ## Delete what was built
	rm -rf .build

install:
	@.ci/install

install-browser:
	@.ci/install browser
