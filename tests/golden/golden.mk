# The program that prints the engine's tables, for tests/golden/complete.t.
TABLES := $(BUILD)/tests/golden/tables

$(TABLES): $(BUILD)/tests/golden/tables.o $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(LDFLAGS) -o $@ $^ $(LIBS)

test-built: $(TABLES)

-include $(TABLES).d
