"""A process of its own that makes another shop beside the present one: `python -m shuke.main.demo empty EUR …`.

It says how far it is, one line of JSON at a time, for the process that has started it.
"""

import asyncio
import sys
from typing import get_args

from shuke.main.progress import Advance
from shuke.platform import log
from shuke.platform.db import dump_json
from shuke.platform.settings import settings

from .aside import make
from .choosing import Beginning, Wanted


def _say(progress: Advance) -> None:
    sys.stdout.write(dump_json({"state": progress.state, "done": progress.done, "total": progress.total}) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Make what is asked for."""
    wanted: Wanted | None = next((one for one in get_args(Wanted) if sys.argv[1:2] == [one]), None)
    try:
        chosen = Beginning.told(sys.argv[2:]).over(settings())
    except ValueError:
        return 2
    if wanted is None:
        return 2
    log.configure(level=settings().log_level, log_format=settings().log_format)
    asyncio.run(make(chosen, wanted, _say))
    return 0


sys.exit(main())
