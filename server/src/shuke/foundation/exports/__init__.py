"""Lists as files: asked for, made in the background, watermarked, fetched, forgotten."""

from .extensions import Cell, Column, Exportable, Rows
from .texts import day, instant, money

__all__ = ["Cell", "Column", "Exportable", "Rows", "day", "instant", "money"]
