# schemepay: build, test, check. See README.md.
CC ?= gcc
VERSION := 1.0.0
BUILD ?= build
PACKAGES := glib-2.0 gio-2.0 gio-unix-2.0 xlsxwriter libcrypto
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wformat=2 -Werror
CFLAGS ?= -O2 -g
HARDENING ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
LIBS := $(shell pkg-config --libs glib-2.0 gio-2.0 xlsxwriter libcrypto 2>/dev/null || echo -lglib-2.0 -lxlsxwriter -lcrypto) -lcsv
INCLUDES := $(shell pkg-config --cflags glib-2.0 gio-2.0 xlsxwriter libcrypto 2>/dev/null)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(WARNINGS) $(CFLAGS) $(HARDENING) -Iengine $(INCLUDES) \
	-DSCHEMEPAY_VERSION='"$(VERSION)"' -MMD -MP
LDFLAGS ?= -pie -Wl,-z,relro,-z,now
SOURCES := $(sort $(wildcard engine/*.c engine/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)

all: $(BUILD)/schemepay

$(BUILD)/schemepay: $(OBJECTS)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(ALL_CFLAGS) -c -o $@ $<

-include $(OBJECTS:.o=.d)

.PHONY: all
