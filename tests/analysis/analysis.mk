# Programs that watch the engine while it runs.
#
#   make tsan       ThreadSanitizer: the unit tests, the fuzz inputs (cut into pieces by the hundred
#                   bytes), the same bytes by any number of threads, and a pack of many pieces
#   make valgrind   the golden cases, once, under memcheck: an error or a leak fails its case
TSAN_BUILD := build/tsan
TSAN_SUITES := $(UNIT_SOURCES:%.c=$(TSAN_BUILD)/%) tests/fuzz/replay.t \
	tests/properties/same_bytes.t tests/analysis/many-pieces

# Addresses must lie where ThreadSanitizer expects them: setarch keeps the system from strewing them.
# GLib must not hand memory from thread to thread by its own means, which are not seen: G_SLICE.
tsan: setup-test
	@$(MAKE) --no-print-directory $(TSAN_BUILD)/bench/generate BUILD=$(TSAN_BUILD)
	@G_SLICE=always-malloc TSAN_OPTIONS='halt_on_error=1 exitcode=86 die_after_fork=0' setarch "$$(uname -m)" -R \
		$(MAKE) --no-print-directory test-built BUILD=$(TSAN_BUILD) \
		CFLAGS='-O1 -g -fsanitize=thread -include tests/analysis/tsan.h' HARDENING=-fPIE \
		SUITES='$(TSAN_SUITES)'

VALGRIND := valgrind -q --leak-check=full --errors-for-leak-kinds=definite,possible \
	--suppressions=$(CURDIR)/tests/analysis/leaks.valgrind --error-exitcode=86

valgrind: all
	@tests/setup valgrind
	@printf '#!/bin/sh\nG_SLICE=always-malloc exec %s %s "$$@"\n' '$(VALGRIND)' \
		'$(abspath $(BUILD)/schemepay)' >$(BUILD)/under-valgrind
	@chmod +x $(BUILD)/under-valgrind
	@SCHEMEPAY=$(BUILD)/under-valgrind prove tests/golden/golden.t

.PHONY: tsan valgrind
