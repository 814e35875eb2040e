# make mutation [COUNT=150] [JUDGE_MINUTES=30]: breaks arithmetic and row checks one at a time, in
# batches of so many minutes where that is said; see mutate.py.
mutation: setup-test
	@tests/mutation/mutate.py $(if $(COUNT),--count $(COUNT)) \
		$(if $(JUDGE_MINUTES),--minutes $(JUDGE_MINUTES))

.PHONY: mutation
