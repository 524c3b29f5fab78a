# mailaudit: `make audit DOMAIN=example.com` and `make test` are all that a newcomer needs.

SWIFT   ?= swift
PREFIX  ?= /usr/local
DOMAIN  ?=
ARGS    ?=

NEEDED_SWIFT   := 6.2
BUILD_PACKAGES := libldns-dev libssl-dev libidn2-dev libpsl-dev libcurl4-openssl-dev libexpat1-dev pkg-config
TEST_PACKAGES  := nsd unbound unbound-host ldnsutils iproute2 mount util-linux python3 python3-jsonschema python3-pip python3-yaml \
  openssl nix-bin bind9 bind9-utils bind9-dnsutils postfix dovecot-imapd dovecot-pop3d dovecot-managesieved \
  dovecot-sieve nginx-light libxml2-utils cmark-gfm chromium tidy
COMPARE_PACKAGES := python3-venv zonemaster-cli

# While this file says so, Debian starts no service that it installs: the tests start their own.
SERVICE_POLICY := /usr/sbin/policy-rc.d

# Undeclared imports between targets compile silently without this.
BUILD_FLAGS := --explicit-target-dependency-import-check error
RELEASE     := .build/release/mailaudit

.PHONY: audit build install test compare bench check lint format clean
.PHONY: swift-present build-packages test-packages compare-packages

# Without DOMAIN: the example zone that the program carries, offline. Findings (1) and not knowing (3) are results
# and no failure of make; who needs the exit status calls the program.
audit: build
	@$(RELEASE) $(or $(strip $(DOMAIN)),--example) $(ARGS) || case $$? in 1|3) ;; *) exit 2 ;; esac

# One file that can be moved: the Swift runtime is linked in.
build: swift-present build-packages
	@$(SWIFT) build --quiet -c release --product mailaudit --static-swift-stdlib $(BUILD_FLAGS) 1>&2

install: build
	install -D -m 755 $(RELEASE) $(DESTDIR)$(PREFIX)/bin/mailaudit

# What has real servers and real time-outs has the machine for itself.
test: swift-present build-packages test-packages
	$(SWIFT) build --build-tests $(BUILD_FLAGS)
	$(SWIFT) test --skip-build --skip DNSClientTests --skip HTTPSTests --skip MailClientTests --skip LabTests
	$(SWIFT) test --skip-build --filter DNSClientTests
	$(SWIFT) test --skip-build --filter HTTPSTests
	$(SWIFT) test --skip-build --filter MailClientTests
	$(SWIFT) test --skip-build --filter LabTests

# The peers on the domains of the Lab (ARGS: one of checkdmarc and zonemaster, then domains), sslyze and posttls-finger
# on its servers.
compare: swift-present build-packages test-packages compare-packages
	$(SWIFT) build --product mailaudit $(BUILD_FLAGS)
	Tests/Lab/compare .build/debug/mailaudit .build/compare $(ARGS)
	Tests/Lab/compare-tls .build/debug/mailaudit .build/compare
	Tests/Lab/compare-dane .build/debug/mailaudit

# What a probe and a fetch cost, as ratios to the least that they take.
bench: swift-present build-packages test-packages
	$(SWIFT) build -c release --product bench $(BUILD_FLAGS)
	Tests/Benchmark/run .build/release/bench $(ARGS)

check: lint test

lint: swift-present
	$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Rules Reports Tests

format: swift-present
	$(SWIFT) format --in-place --parallel --recursive Package.swift Sources Rules Reports Tests

clean:
	rm -rf .build

swift-present:
	@command -v $(SWIFT) >/dev/null || { \
	  echo "mailaudit is built with Swift $(NEEDED_SWIFT) or newer, and there is no '$(SWIFT)' on the PATH: see https://www.swift.org/install/linux/" >&2; exit 2; }
	@version=$$($(SWIFT) --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p'); \
	  printf '%s\n' $(NEEDED_SWIFT) "$$version" | sort -V -C || { \
	  echo "mailaudit is built with Swift $(NEEDED_SWIFT) or newer; '$(SWIFT)' is $$version: see https://www.swift.org/install/linux/" >&2; exit 2; }

build-packages:
	@$(call install_missing,$(BUILD_PACKAGES))

test-packages:
	@$(call install_missing,$(TEST_PACKAGES))

compare-packages:
	@$(call install_missing,$(COMPARE_PACKAGES))

# Installs the Debian packages among $(1) that are missing, and says which.
define install_missing
missing=$$(for package in $(1); do \
    dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null | grep -qx installed || printf '%s ' $$package; done); \
  [ -z "$$missing" ] && exit 0; \
  echo "Installing Debian packages: $$missing" >&2; \
  if [ "$$(id -u)" -eq 0 ]; then as_root=; \
  elif command -v sudo >/dev/null; then as_root=sudo; \
  else echo "Installing them takes root: run 'apt-get install $$missing' as root first" >&2; exit 2; fi; \
  if [ ! -e $(SERVICE_POLICY) ]; then \
    trap "$$as_root rm -f $(SERVICE_POLICY)" EXIT; trap 'exit 2' HUP INT TERM; \
    printf '#!/bin/sh\nexit 101\n' | $$as_root install -m 755 /dev/stdin $(SERVICE_POLICY); \
  fi; \
  $$as_root apt-get update -qq 1>&2 && \
  $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing 1>&2
endef
