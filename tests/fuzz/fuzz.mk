# Fuzz targets: one program a file of FUZZ_TARGETS; see tests/fuzz/support.h.
#
#   make fuzz MINUTES=10 [TARGETS="rows pack"]   each target under libFuzzer (clang), one at a time
#   make fuzz-replay                             the saved inputs alone, as make test does
#   make fuzz-keep TARGETS=rows                  what fuzzing found new joins the saved inputs
#
# The engine's files named in SMALL are compiled once more with small blocks and chunks, so that
# inputs of some hundred bytes are mapped, cut into pieces, and added up in chunks.
FUZZ_TARGETS := clauses dates decimals fractions outputs pack rows rules sealed survey
FUZZ_SHARED := $(addprefix $(BUILD)/tests/fuzz/,support.o tables.o wide.o)
FUZZ_REPLAYS := $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/replay-%)
FUZZ_PROGRAMS := $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/fuzz-%)
CHUNKS := $(BUILD)/small/pack/claims/claims_chunks.h
SMALL := base/document base/survey base/rowparser \
	$(patsubst engine/%.c,%,$(shell grep -l 'pack/claims/claims_chunks.h' engine/*/*.c engine/*/*/*.c))
SMALL_OBJECTS := $(SMALL:%=$(BUILD)/small/%.o)
MINUTES ?= 10
TARGETS ?= $(FUZZ_TARGETS)

$(BUILD)/small/%: engine/% tests/fuzz/small.sed
	@mkdir -p $(@D)
	@sed -E -f tests/fuzz/small.sed $< >$@

$(SMALL_OBJECTS): $(BUILD)/small/%.o: $(BUILD)/small/%.c $(CHUNKS) $(BUILD)/flags
	@echo "  cc $< (small blocks)"
	@$(CC) -I$(BUILD)/small $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/tests/fuzz/%.o: ALL_CFLAGS += -DFUZZ_FOLDER='"$(CURDIR)/tests/fuzz"'

$(FUZZ_REPLAYS): $(BUILD)/tests/fuzz/replay-%: $(BUILD)/tests/fuzz/%.o \
		$(BUILD)/tests/fuzz/replay.o $(FUZZ_SHARED) $(SMALL_OBJECTS) $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(FUZZ_PROGRAMS): $(BUILD)/tests/fuzz/fuzz-%: $(BUILD)/tests/fuzz/%.o $(FUZZ_SHARED) \
		$(SMALL_OBJECTS) $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(LIBS)

fuzz-replays: $(FUZZ_REPLAYS)

test-built: fuzz-replays

fuzz-replay: $(FUZZ_REPLAYS)
	@BUILD=$(BUILD) tests/run tests/fuzz/replay.t

FUZZ_FLAGS := -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
FUZZ_MAKE = $(MAKE) --no-print-directory BUILD=$(FUZZ_BUILD) CC=clang \
	CFLAGS='-O1 -g $(FUZZ_FLAGS)' HARDENING=-fPIE
FUZZ_BUILD ?= build/fuzz
fuzz fuzz-keep:
	@$(FUZZ_MAKE) $(TARGETS:%=$(FUZZ_BUILD)/tests/fuzz/fuzz-%)
	@BUILD=$(FUZZ_BUILD) MINUTES=$(MINUTES) tests/fuzz/$@ $(TARGETS)

-include $(FUZZ_TARGETS:%=$(BUILD)/tests/fuzz/%.d) $(FUZZ_SHARED:.o=.d) $(SMALL_OBJECTS:.o=.d)
.PHONY: fuzz fuzz-keep fuzz-replay fuzz-replays
