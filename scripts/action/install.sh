#!/usr/bin/env bash
# Makes the program of the action: that of this checkout, or a version of the npm package. LEAKS_CLI names it from then on.
set -euo pipefail
if [ -n "${LEAKS_VERSION:-}" ]; then
  home="$RUNNER_TEMP/pylint-leaks-npm"
  npm install --no-audit --no-fund --prefix "$home" "pylint-leaks@$LEAKS_VERSION"
  cli="$home/node_modules/pylint-leaks/dist/cli.cjs"
else
  cli="$GITHUB_ACTION_PATH/dist/cli.cjs"
  # `npm ci` builds it.
  [ -f "$cli" ] || npm ci --no-audit --no-fund --prefix "$GITHUB_ACTION_PATH"
fi
echo "LEAKS_CLI=$cli" >> "$GITHUB_ENV"
