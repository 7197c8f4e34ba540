"""Stops an embedded database when its last user has gone, however it went. Run as a small process of its own.

Uses the standard library only and is started by path with `python -I`, so that it costs a few megabytes. Every
user of the server holds a shared lock on one file; the kernel gives the lock back even when a process is killed.
Arguments: the lock file, "keep" or "delete", the data directory, the user to stop the server as (empty: our own),
then the command that stops it.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
from pathlib import Path


def main(lock_file: str, afterwards: str, data: str, user: str, stop: list[str]) -> None:
    """Wait until nobody holds the lock, then stop the server if it still runs."""
    descriptor = os.open(lock_file, os.O_RDWR)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    if (Path(data) / "postmaster.pid").exists():
        nothing = subprocess.DEVNULL
        # As that user with that user's group: kept groups of root's would decide the rights on the way there.
        group = pwd.getpwnam(user).pw_gid if user else None
        subprocess.run(
            stop,
            user=user or None,
            group=group,
            extra_groups=[] if user else None,
            check=False,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
        )
    if afterwards == "delete":
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    # Our starter need not wait for us, and its end must not end us.
    if os.fork():
        os._exit(0)
    os.setsid()
    main(sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4], sys.argv[5:])
