# The program that writes workbooks of many short sheets, for tests/workbook/recalculate.t.
LIMITED := $(BUILD)/tests/workbook/limited

$(LIMITED): $(BUILD)/tests/workbook/limited.o $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(LDFLAGS) -o $@ $^ $(LIBS)

test-built: $(LIMITED)

-include $(LIMITED).d
