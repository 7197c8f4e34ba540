"""Rules about the whole tree: module folders, file sizes, words, lock files."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.lint.findings import LAYERS, Finding

PYTHON_LINES = 400
COMPONENT_LINES = 250
TEXT = {
    ".cfg", ".css", ".html", ".ini", ".js", ".json", ".mako", ".md", ".mjs", ".py", ".sh", ".sql", ".svg", ".toml",
    ".ts", ".tsx", ".txt", ".yaml", ".yml",
}  # fmt: skip
NAMED_TEXT = {"Makefile", "run", "NOTICE"}
LOCK_FILES = {"uv.lock", "package-lock.json"}
# Written with a bracket, so that a search for the words finds none of these lines.
WORDS = {
    r"\bTOD[O]\b": "do it, or write it down in the changelog's plan",
    r"\bFIXM[E]\b": "mend it",
    r"\bHAC[K]\b": "say why it is right, or do it right",
    r"(?i)\bissue #\d": "say the reason itself; readers have the code, not the tracker",
    r"(?<![\w.~$}/])/(work|root|home|Users)/[\w.]": "name paths relative to the repository",
}
HAN = "\u4e00-\u9fff"
CHINESE = {".py", ".ts", ".tsx", ".yaml"}
HALF_WIDTH = re.compile(rf"[{HAN}][,;:!?](?=[{HAN}{{\"'`])|}}[,;:!?](?=[{HAN}])|[{HAN}]\(|\)[{HAN}]")
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org", "registry.npmjs.org"}


def modules_are_whole(root: Path, files: Sequence[Path]) -> Iterator[Finding]:
    """Every module folder has its page, its front door and its MODULE."""
    package = Path("server/src/shuke")
    for folder in sorted({path.parents[len(path.parts) - 6] for path in files if _is_in_module(path, package)}):
        for name, advice in (
            ("README.md", "write the module's page: its words, its invariants, how to add the usual thing"),
            ("__init__.py", "add the front door with __all__"),
            ("module.py", "say in MODULE = Module(...) what this module plugs into the house"),
        ):
            if folder / name not in files:
                yield Finding(folder / name, 1, "module-shape", advice)
        declared = root / folder / "module.py"
        if declared.exists() and not re.search(r"^MODULE(: Module)? = Module\(", declared.read_text(), re.MULTILINE):
            yield Finding(folder / "module.py", 1, "module-shape", "declare MODULE = Module(...)")


def files_are_small(root: Path, files: Sequence[Path]) -> Iterator[Finding]:
    """A Python file has at most 400 lines, a component at most 250."""
    limits = {".py": PYTHON_LINES, ".tsx": COMPONENT_LINES}
    for path in files:
        limit = limits.get(path.suffix)
        if limit is None or "tests" in path.parts or "migrations" in path.parts:
            continue
        lines = len((root / path).read_text(encoding="utf-8").splitlines())
        if lines > limit:
            yield Finding(
                path, lines, "file-size", f"{lines} lines, at most {limit}: make it a folder of the same name"
            )


def words_stay_out(root: Path, files: Sequence[Path]) -> Iterator[Finding]:
    """No notes to self, no trackers, no paths of somebody's machine."""
    for path in files:
        if path.name in LOCK_FILES or (path.suffix not in TEXT and path.name not in NAMED_TEXT):
            continue
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
            for pattern, advice in WORDS.items():
                match = re.search(pattern, line)
                if match:
                    yield Finding(path, number, "words", f"take out {match.group()!r}: {advice}")


def chinese_is_set_in_full_width(root: Path, files: Sequence[Path]) -> Iterator[Finding]:
    """Chinese sentences have Chinese punctuation."""
    for path in files:
        if path.suffix not in CHINESE or "lint" in path.parts:
            continue
        for number, line in enumerate((root / path).read_text(encoding="utf-8").splitlines(), 1):
            match = HALF_WIDTH.search(line)
            if match:
                found = line[max(0, match.start() - 4) : match.end() + 4]
                yield Finding(path, number, "punctuation", f"in {found!r} use full-width punctuation: ，；：！？（）")


def locks_name_public_hosts(root: Path, files: Sequence[Path]) -> Iterator[Finding]:
    """Lock files point to the public registries, so that everybody can install."""
    for path in files:
        if path.name not in LOCK_FILES:
            continue
        for host in sorted(set(re.findall(r'"https?://([^/"]+)/', (root / path).read_text(encoding="utf-8")))):
            known = host in PUBLIC_HOSTS
            funding = path.name == "package-lock.json" and not re.search(
                rf'"resolved": "https?://{re.escape(host)}/', (root / path).read_text(encoding="utf-8")
            )
            if not known and not funding:
                yield Finding(
                    path, 1, "lock-hosts", f"{host} is not a public registry: lock again against the public one"
                )


def _is_in_module(path: Path, package: Path) -> bool:
    parts = path.parts
    return path.is_relative_to(package) and len(parts) > 5 and parts[3] in LAYERS and path.suffix in {".py", ".md"}


TREE_RULES = (
    modules_are_whole,
    files_are_small,
    words_stay_out,
    chinese_is_set_in_full_width,
    locks_name_public_hosts,
)
