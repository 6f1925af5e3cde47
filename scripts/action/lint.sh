#!/usr/bin/env bash
# Lints the tree, and the commit that it is compared with; writes reports, annotations, the summary of the job and outputs.
# Ends with 0 also when there are findings (verdict.sh judges them), with 2 when the linter cannot run.
set -euo pipefail
out="$RUNNER_TEMP/pylint-leaks"
mkdir -p "$out"
read -r -a paths <<< "${LEAKS_PATHS:-.}"
read -r -a args <<< "${LEAKS_ARGS:-}"
set_output() { echo "$1=$2" >> "$GITHUB_OUTPUT"; }
# A value of a JSON file, by an expression about `report`.
count() { node -p "const report = JSON.parse(require('fs').readFileSync(process.argv[1], 'utf8')); $2" "$1"; }

node "$LEAKS_CLI" "${args[@]}" --exit-zero --format github --format "json:$out/report.json" --format "sarif:$out/leaks.sarif" \
  --format "markdown:$out/summary.md" -- "${paths[@]}"
set_output report "$out/report.json"
set_output sarif "$out/leaks.sarif"
set_output summary "$out/summary.md"
set_output errors "$(count "$out/report.json" 'report.reduce((sum, file) => sum + file.errorCount, 0)')"

# The commit of a pull request is a merge; what it was merged into is its first parent, which a shallow clone names too.
base="${LEAKS_BASE:-}"
if [ "${GITHUB_EVENT_NAME:-}" = pull_request ] && [ "$(git cat-file -p HEAD | grep -c '^parent ')" = 2 ]; then
  base=$(git cat-file -p HEAD | sed -n 's/^parent //p' | head -1)
fi
has_base() { [ -n "$base" ] && ! [[ "$base" =~ ^0+$ ]] && git cat-file -e "$base^{commit}" 2> /dev/null; }
if [ -n "$base" ] && ! [[ "$base" =~ ^0+$ ]]; then
  has_base || git fetch --quiet --no-tags --depth=1 origin "$base" || true
fi

if has_base; then
  tree="$out/base"
  rm -rf "$tree"
  git worktree prune
  git worktree add --quiet --detach "$tree" "$base"
  trap 'git worktree remove --force "$tree"' EXIT
  inside=$(git rev-parse --show-prefix)
  mkdir -p "$tree/$inside"
  # Paths that the change adds do not exist there.
  known=()
  for path in "${paths[@]}"; do [ -e "$tree/$inside$path" ] && known+=("$path"); done
  if [ "${#known[@]}" = 0 ]; then echo '[]' > "$out/base.json"; else
    (cd "$tree/$inside" && node "$LEAKS_CLI" "${args[@]}" --exit-zero --format "json:$out/base.json" -- "${known[@]}")
  fi
  node "$LEAKS_CLI" compare --exit-zero --old-root "$tree/$inside" --format "json:$out/compared.json" \
    --format "markdown:$out/summary.md" "$out/base.json" "$out/report.json"
  set_output introduced "$(count "$out/compared.json" report.counts.introduced)"
  set_output introduced-errors "$(count "$out/compared.json" report.counts.introducedErrors)"
  set_output fixed "$(count "$out/compared.json" report.counts.fixed)"
  set_output existing "$(count "$out/compared.json" report.counts.existing)"
else
  echo "There is no earlier commit to compare with: all findings count." >&2
fi
cat "$out/summary.md" >> "$GITHUB_STEP_SUMMARY"
