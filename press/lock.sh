#!/bin/sh
# Writes both locks anew from pyproject.toml: for every system, from the oldest Python that we support, wheels only.
set -eu

if command -v uv >/dev/null 2>&1; then
  uv=uv
else
  [ -x .build/uv/bin/uv ] || { .venv/bin/python -m venv .build/uv && .build/uv/bin/python -m pip install --quiet uv; }
  uv=.build/uv/bin/uv
fi

compile() {
  "$uv" pip compile --quiet --universal --python-version 3.11.2 --generate-hashes --no-annotate --no-header \
    --only-binary :all: pyproject.toml "$@"
}

compile --output-file requirements.lock
compile --group test --output-file tests/requirements.lock
echo "两个锁文件已更新：requirements.lock、tests/requirements.lock"
