"""The reference pages that are written from the code: settings, permissions, events, errors."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from shuke.main.modules import MODULES
from shuke.platform.conditions import SCOPES, TIME_FACTS, FactSource, operators
from shuke.platform.errors import all_errors
from shuke.platform.events import Event, all_events
from shuke.platform.settings import REPOSITORY, Settings

DIRECTORY = REPOSITORY / "docs" / "reference"
_NOTE = "<!-- Written by `shuke docs` from the code. Change the code, then run it again. -->"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    return {
        "settings.md": _settings(),
        "permissions.md": _permissions(),
        "events.md": _events(),
        "errors.md": _errors(),
        "facts.md": _facts(),
    }


def write(directory: Path = DIRECTORY) -> list[Path]:
    """Write the pages; returns the files that changed."""
    directory.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in pages().items():
        file = directory / name
        if not file.exists() or file.read_text() != content:
            file.write_text(content)
            changed.append(file)
    return changed


def _table(title: str, intro: str, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [f"# {title}", "", _NOTE, "", intro, "", _row(head), _row(tuple("---" for _ in head)), *map(_row, rows)]
    return "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _settings() -> str:
    rows = []
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "" if default is None else str(default).replace(str(REPOSITORY), "<repository>")
        rows.append((f"`SHUKE_{name.upper()}`", f"`{shown}`" if shown else "", field.description or ""))
    intro = "Read from the environment, or from a file `.env` in the working directory."
    return _table("Settings", intro, ("name", "default", "what it is for"), rows)


def _permissions() -> str:
    rows = [
        (f"`{permission.code}`", module.name, permission.zh, permission.en)
        for module in MODULES
        for permission in module.permissions
    ]
    intro = "What a role may hold. Each route names the permission that it needs; see `/docs` of a running program."
    return _table("Permissions", intro, ("code", "module", "中文", "English"), sorted(rows))


def _events() -> str:
    common = {field.name for field in fields(Event)}
    rows = []
    for kind in all_events():
        if not _is_ours(kind):
            continue
        own = ", ".join(f"`{field.name}`" for field in fields(kind) if field.name not in common)
        rows.append((f"`{kind.name}`", (kind.__doc__ or "").split("\n\n")[0].strip(), own))
    intro = "What happened, as consumers read it. Every event also has `member_id` (0: no member) and `occurred_at`."
    return _table("Events", intro, ("name", "meaning", "fields"), rows)


def _errors() -> str:
    rows = [
        (f'<a id="{error.code}"></a>`{error.code}`', str(error.status), error.detail["zh"], error.detail["en"])
        for error in all_errors()
        if _is_ours(error)
    ]
    intro = "The `code` of a problem+json answer, and what to do."
    return _table("Errors", intro, ("code", "status", "中文", "English"), rows)


def _facts() -> str:
    sources = [item for module in MODULES for item in module.contributions if isinstance(item, FactSource)]
    rows = [
        (
            f"`{fact.name}`",
            fact.type,
            fact.label.zh,
            fact.label.en,
            " ".join(f"`{argument.name}`" for argument in fact.arguments),
            ", ".join(scope for scope in SCOPES if scope in fact.scopes),
            " ".join(f"`{name}`" for name in operators(fact)),
        )
        for fact in (*TIME_FACTS, *(fact for source in sources for fact in source.facts))
    ]
    intro = (
        "What conditions can ask about. A comparison with a value that is missing is false; `null` and `notNull` ask "
        "whether it is missing. Amounts are integers of the minor unit, days `YYYY-MM-DD`. `GET /v1/facts?scope=…` "
        "adds what the shop keeps itself: its stores, its tiers, and its custom fields as `member.custom.<key>`."
    )
    return _table("Facts", intro, ("name", "type", "中文", "English", "arguments", "scopes", "operators"), rows)


def _is_ours(kind: type) -> bool:
    # Tests declare errors and events of their own in the same process.
    return kind.__module__.startswith("shuke.") and ".tests." not in kind.__module__
