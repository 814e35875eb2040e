# What is installed beside the program, for tests/package/package.t, and what is too slow for it:
#
#   make packaged    the same bytes from folders of other names; the Debian package, by lintian and in
#                    a fresh Debian 12
test-built: $(PRINTED)

packaged: deb
	@tests/setup packaged
	@BUILD=$(BUILD) tests/run tests/package/reproducible tests/package/fresh-debian

.PHONY: packaged
