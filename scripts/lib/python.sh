# Sourced by the commands beside it: sets `root`, and defines `run_workshop`, which runs one of the project's commands
# (hooks/disclosure/workshop/) with the first Python that is new enough.

unset CDPATH
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

find_python() {
  local candidate
  local candidates=(python3.13 python3.12 python3.11 python3 python)
  if [ -n "${PYTHON:-}" ]; then candidates=("$PYTHON"); fi
  for candidate in "${candidates[@]}"; do
    # Trying is the only proof: a version manager leaves names behind that do not run.
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      printf '%s\n' "$candidate"
      return
    fi
  done
  printf '%s' "没有找到 Python 3.11 或更新的版本。请先安装（例如 apt-get install python3 python3-venv），" \
    "或用环境变量 PYTHON 指出它的位置。" $'\n' >&2
  return 1
}

run_workshop() {
  local python
  local command=$1
  shift
  python=$(find_python) || exit 1
  PYTHONPATH=$root/hooks PYTHONUTF8=1 exec "$python" -m "disclosure.workshop.$command" "$@"
}
