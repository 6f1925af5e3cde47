#!/usr/bin/env bash
# Writes the summary as a comment on the pull request; the comment of an earlier run is replaced, and known by its first line.
set -euo pipefail
mark='<!-- pylint-leaks -->'
body="$RUNNER_TEMP/pylint-leaks-comment.md"
{ echo "$mark"; cat "$LEAKS_SUMMARY"; } > "$body"
comments="repos/$GITHUB_REPOSITORY/issues/$LEAKS_PULL_REQUEST/comments"
known=$(gh api --paginate "$comments" --jq ".[] | select(.body | startswith(\"$mark\")) | .id")
known=${known%%$'\n'*}
if [ -n "$known" ]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$known" --field "body=@$body"
else
  gh api --silent --method POST "$comments" --field "body=@$body"
fi
