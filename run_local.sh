#!/usr/bin/env bash
# Installs Onrecord into .venv beside this file (once), reads articles and prints what was found.
#   ./run_local.sh [INPUT...] [--output DIR] [other flags of 'onrecord run']
# Without INPUT it reads the sample articles; without --output it writes to ./out.
set -euo pipefail
cd_from=$PWD
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}

if ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
  echo "run_local.sh: Python 3.11 to 3.13 is needed; set PYTHON to one, as in PYTHON=python3.11 ./run_local.sh" >&2
  exit 2
fi
stamp="$here/.venv/.installed"
if [ ! -f "$stamp" ] || [ "$here/pyproject.toml" -nt "$stamp" ]; then
  echo "installing into $here/.venv (once)" >&2
  # pip before 23.3 warns of an extra of lxml that it does not know by its new spelling; Python 3.11 may bring such a one
  PIP_QUIET=1 PIP_DISABLE_PIP_VERSION_CHECK=1 "$python" -m venv --upgrade-deps "$here/.venv"
  "$here/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable "$here[test]"
  touch "$stamp"
fi

inputs=() flags=() output="$cd_from/out"
while [ $# -gt 0 ]; do
  case $1 in
    --output | -o) output=${2:?"run_local.sh: --output needs a folder"}; shift 2 ;;
    --output=*) output=${1#*=}; shift ;;
    --config | --metadata | --aliases | --metrics | --format | --workers | --runner) flags+=("$1" "${2:?"run_local.sh: $1 needs a value"}"); shift 2 ;;
    -?*) flags+=("$1"); shift ;;
    *) inputs+=("$1"); shift ;;
  esac
done
if [ ${#inputs[@]} -eq 0 ]; then  # they are texts, which tell neither outlet nor day: a table beside them does
  inputs=("$here/tests/samples")
  case " ${flags[*]-} " in *" --metadata "*) ;; *) flags+=(--metadata "$here/tests/samples/_metadata.csv") ;; esac
fi
status=0
"$here/.venv/bin/onrecord" run "${inputs[@]}" --output "$output" ${flags[@]+"${flags[@]}"} || status=$?
[ $status -eq 0 ] || [ $status -eq 3 ] || exit $status
case " ${flags[*]-} " in *" --json "*) exit $status ;; esac

cat <<EOF

See them in any browser:
  $here/.venv/bin/onrecord report "$output" -o report.html

Ask the tables, for example with DuckDB (installed in .venv; start $here/.venv/bin/python):
  import duckdb; db = duckdb.connect(); db.execute(open("$output/views.sql").read())
  db.sql("SELECT speaker_name, cue_text, text FROM quotes WHERE type = 'direct' LIMIT 10").show()
  db.sql("SELECT name, kind, quotes FROM speakers ORDER BY quotes DESC LIMIT 10").show()
  db.sql("SELECT text, modifier, value, unit, event, claimant_name FROM figures LIMIT 10").show()
EOF
exit $status
