#!/bin/sh
# The golden cases, for prove.
exec "$(dirname "$0")/run"
