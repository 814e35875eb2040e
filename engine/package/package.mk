# What is installed beside the program, and the Debian package.
#
#   make install     below PREFIX (/usr/local), in the folder DESTDIR where that is given
#   make uninstall   removes what `make install` put there
#   make deb         build/schemepay_VERSION_ARCHITECTURE.deb
#
# Manual page and completion are printed by a program of their own, from the tables of the engine.
PAGES := $(BUILD)/package/pages
PAGE_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(wildcard engine/package/*.c))
PRINTED := $(addprefix $(BUILD)/package/,schemepay.1 schemepay.bash schemepay.zsh)
DOCUMENTS := $(PREFIX)/share/doc/schemepay
RELEASED = $(shell LC_ALL=C date -u +'%-d %B %Y' \
	-d "$$(sed -n 's/^ -- .*>  //p' engine/package/changelog | head -n 1)")

# The help names the folder of examples.
$(BUILD)/engine/command/help.o: private OWN_CFLAGS = -DSCHEMEPAY_DOCUMENTS='"$(DOCUMENTS)"'
$(BUILD)/engine/command/help.o: $(BUILD)/documents

# Changes when the folder does.
$(BUILD)/documents: FORCE
	@mkdir -p $(@D)
	@printf '%s\n' '$(DOCUMENTS)' | cmp -s - $@ || printf '%s\n' '$(DOCUMENTS)' >$@

$(PAGES): $(PAGE_OBJECTS) $(ENGINE)
	@mkdir -p $(@D)
	@echo "  link $@"
	@$(CC) $(CFLAGS) $(PARTS) $(MAPPED) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/package/schemepay.1: $(PAGES) engine/package/changelog
	@$(PAGES) man "$(RELEASED)" >$@.new && mv $@.new $@

$(BUILD)/package/schemepay.%: $(PAGES)
	@$(PAGES) $* >$@.new && mv $@.new $@

install: all $(PRINTED)
	@engine/package/install '$(BUILD)' '$(DESTDIR)$(PREFIX)'

uninstall:
	@engine/package/install --remove '$(BUILD)' '$(DESTDIR)$(PREFIX)'

# The package is built in a folder of its own, since its files are below /usr.
deb:
	@tests/setup package
	@rm -rf $(BUILD)/deb/debian
	@ZSH=vendor-completions $(MAKE) --no-print-directory install BUILD=$(BUILD)/deb PREFIX=/usr \
		DESTDIR=$(BUILD)/deb/debian/schemepay
	@engine/package/make-deb $(BUILD)/deb $(BUILD)

-include $(PAGE_OBJECTS:.o=.d)
.PHONY: install uninstall deb
