"""What the benchmarks share: an installation to measure, the machine it runs on, and how results are written."""

from .installation import OPENING, embedded_memory_mb, open_shop, superuser, temporary_folder
from .report import Bench, command_line, median_of, percentiles
from .web import token_of_administrator, web_server

__all__ = [
    "OPENING",
    "Bench",
    "command_line",
    "embedded_memory_mb",
    "median_of",
    "open_shop",
    "percentiles",
    "superuser",
    "temporary_folder",
    "token_of_administrator",
    "web_server",
]
