# make bench [MILLIONS=1,5,10,20] [RUNS=5]: speed and memory beside other programs, as ratios.
# WRITE=1 puts them into the table of figures as measured.
MILLIONS ?= 1,5
RUNS ?= 5

$(BUILD)/bench/%: tests/bench/%.c
	@mkdir -p $(@D)
	@$(CC) -O2 -std=c11 -D_GNU_SOURCE $(WARNINGS) -o $@ $< -lcsv

# DuckDB comes from npm where that is there; without it the comparison is left out.
$(BUILD)/bench/duckdb.mjs: tests/bench/duckdb.mjs
	@mkdir -p $(@D)
	@cp $< $@
	@command -v npm >/dev/null && cd $(@D) && npm install --silent --no-audit --no-fund --prefix . \
		@duckdb/node-api >/dev/null 2>&1 || echo "without npm, DuckDB is left out"

bench: all $(BUILD)/bench/floor $(BUILD)/bench/generate $(BUILD)/bench/duckdb.mjs
	@python3 tests/bench/bench.py $(BUILD) --millions $(MILLIONS) --runs $(RUNS) \
		$(if $(WRITE),--write tests/README.md)

.PHONY: bench
