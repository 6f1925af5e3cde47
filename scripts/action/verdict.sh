#!/usr/bin/env bash
# Fails the job for errors: introduced ones (all, when there was nothing to compare with), any, or never.
set -euo pipefail
case "${LEAKS_FAIL_ON:-introduced}" in
  introduced) errors="${LEAKS_INTRODUCED_ERRORS:-$LEAKS_ERRORS}" ;;
  any) errors="$LEAKS_ERRORS" ;;
  never) errors=0 ;;
  *)
    echo "::error::fail-on must be introduced, any or never, not \"$LEAKS_FAIL_ON\""
    exit 2
    ;;
esac
[ "$errors" = 0 ] || { echo "$errors findings at error level"; exit 1; }
