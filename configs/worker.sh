#!/bin/sh
# Makes a worker of a bare Debian (bookworm or later) or of an image of Python: Onrecord with what object stores need, in
# /opt/onrecord, and a user of its own. Dockerfile runs it; so can you, as root: sh configs/worker.sh [SOURCE]
set -eu
source=${1:-.}
if ! python3 -c 'import ensurepip' 2>/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends python3 python3-venv ca-certificates
fi
python3 -m venv /opt/onrecord
/opt/onrecord/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check "$source[s3,gcs,azure]"
# the settings that come with the package, at a place that is easily named
ln -sfn "$(/opt/onrecord/bin/python -c 'import onrecord, os; print(os.path.dirname(onrecord.__file__))')/configs" /opt/onrecord/configs
id onrecord >/dev/null 2>&1 || useradd --uid 10001 --create-home onrecord
# what is missing should be told here, and not by a worker
/opt/onrecord/bin/python -c 'import apache_beam, onrecord, obstore; onrecord.load()'
