"""Run a command and write down what it took: `process_usage.py FILE COMMAND…`.

A small process of its own for that: Linux counts to a process's greatest memory also what the one
had that began it (execve keeps the high-water mark), and who prepares a measure may be large.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Wait for the command, and end with its exit code."""
    file, *command = sys.argv[1:]
    child = os.posix_spawn(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    with open(file, "w", encoding="utf-8") as out:  # noqa: PTH123  # pathlib would make it larger
        json.dump([usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024], out)
    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)


if __name__ == "__main__":
    main()
