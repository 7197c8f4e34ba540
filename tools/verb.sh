#!/bin/sh
# Finds a Python that is new enough and hands the verb to tools/verbs.
cd "$(dirname "$0")/.." || exit 1
for candidate in "${SHUKE_PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if [ -n "$candidate" ] && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        PYTHONPATH=tools exec "$candidate" -m verbs "$@"
    fi
done
{
    echo "Shuke needs Python 3.11 or newer, and found none."
    echo "  Debian 12, Ubuntu 24.04 or newer:  sudo apt-get install python3 python3-venv"
    echo "  macOS:                             brew install python@3.12"
    echo "Or name one: SHUKE_PYTHON=<path to python> make run"
} >&2
exit 1
