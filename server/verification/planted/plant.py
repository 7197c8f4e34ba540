"""What a planted bug is."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Change:
    """Text of a file, relative to the server's folder, that stands there exactly once, and what is put in its place."""

    file: str
    old: str
    new: str


@dataclass(frozen=True)
class Plant:
    """A bug: what is wrong, the changes that make it so, and what must notice.

    `caught_by`: a test's node id, or `sweep: <words of a path's name>` for the sweep of crash points. `sign`: words
    that the failure must hold, so that no unrelated one passes for it.
    """

    name: str
    wrong: str
    changes: tuple[Change, ...]
    caught_by: str
    sign: str


class PlantDoesNotFit(Exception):
    """The program has changed where a bug was to be planted: the plant must be written again."""


def apply(plant: Plant, server: Path) -> None:
    """Plant a bug in a copy of the server's folder. Raises PlantDoesNotFit."""
    for change in plant.changes:
        (server / change.file).write_text(changed(plant, change, server), encoding="utf-8")


def changed(plant: Plant, change: Change, server: Path) -> str:
    """A file of the server's folder with one change made. Raises PlantDoesNotFit."""
    path = server / change.file
    if not path.exists():
        raise PlantDoesNotFit(f"{plant.name}: {change.file} is not there any more")
    source = path.read_text(encoding="utf-8")
    if source.count(change.old) != 1:
        times = source.count(change.old)
        raise PlantDoesNotFit(f"{plant.name}: {change.file} holds this {times} times, not once:\n{change.old}")
    planted = source.replace(change.old, change.new)
    if path.suffix == ".py":
        compile(planted, change.file, "exec")
    return planted
