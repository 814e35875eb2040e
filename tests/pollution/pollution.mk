# The program that reads polluted packs for tests/pollution/pollution.t, and all of its cases.
#
#   make soak-pollution     every case, and pairs of pollutions; make soak does that, too
#   tests/pollution/pollution.t --write     the same, and the tables of tests/README.md
POLLUTION_READER := $(BUILD)/tests/pollution/reader

$(POLLUTION_READER): $(BUILD)/tests/pollution/reader.o $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(LDFLAGS) -o $@ $^ $(LIBS)

test-built: $(POLLUTION_READER)

soak-pollution: setup-test all $(POLLUTION_READER)
	@BUILD=$(BUILD) SOAK=1 tests/run tests/pollution/pollution.t

soak: soak-pollution

-include $(POLLUTION_READER).d
.PHONY: soak-pollution
