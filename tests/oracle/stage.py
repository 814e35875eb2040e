"""How far the engine is with what the oracle already knows.

Until it works out clauses, holds and recoveries, which it refuses, they are taken out of the random
packs that are compared.

    ENGINE_KNOWS_CLAUSES=1 BUILD=$PWD/build tests/properties/oracle.t

compares whole packs all the same.  When the engine is there, this file goes.
"""

import os

ENGINE_KNOWS_CLAUSES = bool(os.environ.get("ENGINE_KNOWS_CLAUSES"))
UNBUILT = ("limits", "holds", "recoveries")  # how the names of their files begin
