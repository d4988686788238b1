# Two commands matter: 'make fly' to see it work, 'make test' to see that it works.
#
# PORTABLE=1 builds for any processor of the architecture rather than for this one; the bits of all
# results are the same.

export PORTABLE

SCENARIO ?= Examples/circle.yaml
PREFIX ?= /usr/local
READERS ?=
TIME ?= 60

PHYSICS := $(addprefix Sources/,SpatialMath Geometry Bullet Drone Control Simulation)
FORMATTED := $(wildcard Assets Examples Sources Tests Package.swift)

.DEFAULT_GOAL := help
.PHONY: help fly test test-learners fuzz sanitize build install uninstall wheel picture format clean packages browser

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

fly: packages ## Build and fly a scenario: make fly [SCENARIO=Examples/circle.yaml]
	.ci/build --product swiftlet
	.build/release/swiftlet fly $(SCENARIO)

test: packages browser ## Run every check and test, as CI does
	swift format lint --strict --recursive --parallel $(FORMATTED)
	python3 .ci/check_units.py $(PHYSICS)
	python3 .ci/check_dependencies.py
	python3 .ci/check_house.py
	python3 .ci/check_contraction.py
	python3 Assets/Policies/cards.py --check
	.ci/build --build-tests
	python3 .ci/check_documentation.py
	python3 .ci/run_tests.py --configuration release --parallel --skip-build
	.ci/test_python
	.ci/fuzz --count 300
	python3 .ci/check_installation.py

fuzz: packages ## Look for inputs that break a reader: make fuzz [TIME=60] [READERS=...]
	.ci/build --product Fuzzer --scratch-path .build-fuzz --sanitize fuzzer -Xswiftc -DLIBFUZZER
	.ci/fuzz --guided $(TIME) --binary .build-fuzz/release/Fuzzer $(READERS)

sanitize: packages ## Run all tests under the sanitizers of memory, undefined behaviour and threads
	.ci/sanitize address
	.ci/sanitize thread

test-learners: packages ## Try the Python package with learning libraries, which are large downloads
	.ci/test_learners

build: packages ## Build the library and the command
	.ci/build

install: packages ## Install the command: make install [PREFIX=/usr/local] [DESTDIR=]
	.ci/build --product swiftlet
	.ci/install_program $(DESTDIR)$(PREFIX)

uninstall: ## Remove the command that was installed, from the same PREFIX
	.ci/install_program $(DESTDIR)$(PREFIX) --uninstall

wheel: packages ## Build the wheel of the Python package, for every x86-64 Linux, and try it
	.ci/wheel

picture: packages browser ## Draw the README's picture anew
	.ci/build --product swiftlet
	.ci/draw_picture

format: ## Lay out the Swift sources as the linter wants them
	swift format --in-place --recursive --parallel $(FORMATTED)

clean: ## Delete what was built
	rm -rf .build

packages:
	@.ci/install_packages

browser:
	@.ci/install_packages browser
