#!/bin/sh
# Makes .venv, or installs a lock into it. Called by make; every failure is one sentence with its remedy.
set -eu

fail() {
  echo "$1" >&2
  exit 1
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# "312" for Python 3.12, "0" for anything that does not run: a version manager leaves names that only fail.
version() {
  "$1" -c 'import sys; print("%d%02d" % sys.version_info[:2] if sys.version_info >= (3, 11, 2) else 1)' 2>/dev/null || echo 0
}

# The newest of the pythons on PATH that is new enough.
newest() {
  best=1
  if [ -n "${PYTHON:-}" ]; then
    set -- "$PYTHON"
  else
    set -- python3 python3.14 python3.13 python3.12 python3.11
  fi
  for name; do
    this=$(version "$name")
    if [ "$this" -gt "$best" ]; then
      best=$this
      echo "$name"
    fi
  done | tail -n 1
}

# How to get what is missing, on this system.
remedy() {
  if [ "$(uname)" = Darwin ]; then
    echo "请先执行 brew install python，再运行一次。"
  elif has apt-get; then
    echo "请先执行 $([ "$(id -u)" = 0 ] || echo 'sudo ')apt install python3 python3-venv，再运行一次。"
  else
    echo "请先用系统的软件包管理器安装python3和它的venv模块，再运行一次。"
  fi
}

make_venv() {
  python=$(newest)
  if [ -z "$python" ]; then
    given=${PYTHON:-python3}
    if [ "$(version "$given")" = 0 ]; then
      fail "没有找到可用的$given。$(remedy)"
    fi
    fail "$("$given" --version 2>&1)太旧，本站需要3.11.2或更新的版本（Debian 12、Ubuntu 24.04起自带）；另装了新版本的，可执行 make PYTHON=它的路径。"
  fi
  if has uv; then
    uv venv --quiet --clear --python "$python" .venv || fail "没能建立.venv，原因见上。"
    return
  fi
  "$python" -c 'import ensurepip, venv' 2>/dev/null || fail "$python缺少venv模块。$(remedy)"
  echo "正在建立.venv（$("$python" --version)）……"
  "$python" -m venv --clear .venv || fail "没能建立.venv，原因见上。"
}

install() {
  echo "正在安装$(grep -c '==' "$1")个依赖，约需半分钟……"
  if has uv; then
    uv pip install --quiet --python .venv/bin/python --require-hashes --only-binary :all: -r "$1"
  else
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
      --require-hashes --only-binary :all: -r "$1"
  fi || fail "依赖没有装上，原因见上。请检查网络后再运行一次；网络慢时，可设置PIP_INDEX_URL（用uv则设UV_DEFAULT_INDEX）为离您近的镜像。"
}

case $1 in
  venv) make_venv ;;
  install) install "$2" ;;
esac
