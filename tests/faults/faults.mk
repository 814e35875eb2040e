# The library that makes calls fail, for tests/faults/*.t, and the heavy ones of these tests.
#
#   make soak-faults     every call with every error, kills by the thousand, huge inputs
FAULT_SHIM := $(BUILD)/tests/faults/shim.so

$(FAULT_SHIM): tests/faults/shim.c
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) -std=gnu11 -D_GNU_SOURCE -U_FORTIFY_SOURCE -O1 -Wall -Wextra -fPIC -shared -o $@ $< -ldl

test-built: $(FAULT_SHIM)

soak-faults: all $(FAULT_SHIM)
	@BUILD=$(BUILD) SOAK=1 tests/run $(wildcard tests/faults/*.t)

.PHONY: soak-faults
