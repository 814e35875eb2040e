# make mutation [COUNT=150]: breaks arithmetic and row checks one at a time; see mutate.py.
mutation: setup-test
	@tests/mutation/mutate.py $(if $(COUNT),--count $(COUNT))

.PHONY: mutation
