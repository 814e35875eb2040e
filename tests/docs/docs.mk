# The program that prints the program's own tables for the documentation: see tests/docs/docs.t.
#
#   make docs        writes them into the READMEs
DOCS_PRINT := $(BUILD)/tests/docs/print

$(DOCS_PRINT): $(BUILD)/tests/docs/print.o $(ENGINE)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(LDFLAGS) -o $@ $^ $(LIBS)

test-built: $(DOCS_PRINT)

docs: all $(DOCS_PRINT)
	@BUILD=$(BUILD) tests/docs/docs.t --write

-include $(DOCS_PRINT).d
.PHONY: docs
