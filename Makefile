# schemepay: build, test, check. See README.md.
#
#   make             build/schemepay
#   make test        all tests; the last line counts them
#   make sanitize    the same tests with address and undefined-behaviour checks
#   make install     program, manual page, completion, documentation and examples, below PREFIX
#   make uninstall   removes them
#   make deb         build/schemepay_VERSION_ARCHITECTURE.deb
#   make clang       a build with clang, no warning allowed
#   make lint        format and static analysis
#   make coverage    lines and branches of base, pack and pay that the tests reach
#   make tsan        the parallel parts under ThreadSanitizer
#   make valgrind    the golden cases under memcheck
#   make packaged    the package in a fresh Debian; the same bytes from folders of other names
#   make analysis    all of these, one after the other
#   make soak        thousands of random packs against the oracle: SEEDS=, FROM=, MINUTES=
#
# Every flavour has a folder of its own below build/. A folder of tests may add rules of its own in
# tests/<folder>/<name>.mk.
CC ?= gcc
VERSION := 1.5.0
BUILD ?= build
PREFIX ?= /usr/local
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Werror
CFLAGS ?= -O3 -g
# Without flags of another flavour, gcc optimises the engine as a whole when it links it; tests link
# the same objects part by part.
WHOLE := $(if $(filter file,$(origin CFLAGS)),$(if $(findstring clang,$(CC)),,-flto=auto -ffat-lto-objects))
PARTS := $(if $(WHOLE),-fno-lto)
HARDENING ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
LDFLAGS ?= -pie -Wl,-z,relro,-z,now
# Names of folders are left out of what is built: from any folder it is the same bytes.
MAPPED := -ffile-prefix-map=$(CURDIR)=.
PACKAGES := glib-2.0 gio-2.0 xlsxwriter libcrypto libzip zlib
LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null || \
	echo -lgio-2.0 -lglib-2.0 -lxlsxwriter -lcrypto -lzip -lz) -lcsv -lhpdf
INCLUDES := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS) $(WHOLE) $(MAPPED) $(HARDENING) -Iengine $(INCLUDES) \
	-DSCHEMEPAY_VERSION='"$(VERSION)"'

# The files of engine/package make what stands beside the program: see package.mk there.
SOURCES := $(filter-out engine/package/%,$(sort $(wildcard engine/*.c engine/*/*.c engine/*/*/*.c)))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
ENGINE := $(BUILD)/libschemepay.a
UNIT_SOURCES := $(sort $(wildcard tests/unit/test_*.c))
UNIT_TESTS := $(UNIT_SOURCES:%.c=$(BUILD)/%)

all: $(BUILD)/schemepay

$(BUILD)/schemepay: $(BUILD)/engine/main.o $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(WHOLE) $(MAPPED) $(LDFLAGS) -o $@ $^ $(LIBS)

# Everything but main(): what unit tests, fuzz targets and benchmarks link.
$(ENGINE): $(filter-out $(BUILD)/engine/main.o,$(OBJECTS))
	@rm -f $@
	@ar rcsD $@ $^

$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(ALL_CFLAGS) $(OWN_CFLAGS) -MMD -MP -MT '$$(BUILD)/$*.o' -c -o $@ $<

# Changes when the compiler or its flags do: then all is built again.
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(subst ','\'',$(CC) $(ALL_CFLAGS) $(LDFLAGS))' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

unit-tests: $(UNIT_TESTS)

$(UNIT_TESTS): $(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/tests/unit/support.o $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(LDFLAGS) -o $@ $^ $(LIBS)

test: setup-test
	@$(MAKE) --no-print-directory test-built

# Tests of folders that need something built name it here: test-built: build/...
test-built: all unit-tests
	@BUILD=$(BUILD) tests/run $(SUITES)

setup-%:
	@tests/setup $*

SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
sanitize:
	@ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1 \
		LSAN_OPTIONS=suppressions=$(CURDIR)/tests/analysis/leaks.sanitizer:print_suppressions=0 \
		$(MAKE) --no-print-directory test BUILD=build/sanitize CFLAGS='-O1 -g $(SANITIZE)' HARDENING=-fPIE

clang:
	@tests/setup lint
	@$(MAKE) --no-print-directory all unit-tests BUILD=build/clang CC=clang

lint:
	@tests/setup lint
	@tests/lint

coverage:
	@tests/setup coverage
	@tests/coverage

analysis:
	@for step in clang lint sanitize tsan valgrind coverage packaged; do \
		$(MAKE) --no-print-directory $$step || exit; done

soak: setup-test all
	@BUILD=$(BUILD) tests/properties/soak

clean:
	@rm -rf build

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(BUILD)/tests/unit/support.d
include engine/package/package.mk
-include $(wildcard tests/*/*.mk)

.SECONDARY:
.PHONY: all unit-tests test test-built sanitize clang lint coverage analysis soak clean FORCE
