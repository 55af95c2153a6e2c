#!/bin/sh
# Check an example release, mend what can be mended, check again. Works on a copy: demo.sh [FOLDER] (default build/demo).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${1:-build/demo}

say() { printf '\n=== %s\n\n' "$1"; }

# The command, shown as one would type it; its exit code must be the one announced.
run() {
  expected=$1
  shift
  printf '$ %s\n' "$*"
  status=0
  "$@" || status=$?
  printf '(exit code %s)\n' "$status"
  if [ "$status" -ne "$expected" ]; then
    echo "demo: expected exit code $expected" >&2
    exit 70
  fi
}

rm -rf "$work"
mkdir -p "$work"
cp -R "$here/harbour-chat" "$work/harbour-chat"
cd "$work/harbour-chat"

say "1. A fine-tune, about to be published"
run 1 llm-licensecheck check --as public

say "2. What can be written down, written down"
run 0 llm-licensecheck notice --write
run 0 llm-licensecheck attribution --write
run 0 llm-licensecheck card --write

say "3. The same check again"
run 1 llm-licensecheck check --as public

say "4. What stays with a person"
cat <<'END'
- The name. A tool proposes one; it does not rename a model.
- The copy of the agreement: take it from the publisher's page and put it beside the weights.
- The open question: how many people use the organisation's products is in no file.
END
printf '\nThe folder is %s. Change it and run the check there again.\n' "$(pwd)"
