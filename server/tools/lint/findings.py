"""What a rule sees and says: one source file, one finding."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

# Layers hold modules; the platform and main are laid out by themselves.
LAYERS = ("foundation", "people", "commerce", "loyalty", "engagement", "automation", "insight")


@dataclass(frozen=True)
class Finding:
    """One breach: where, which rule, and what to do instead."""

    path: Path
    line: int
    rule: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.advice}"


@dataclass(frozen=True)
class Source:
    """One Python file under `server/`; `path` is relative to the repository."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text, filename=str(self.path))

    @cached_property
    def package(self) -> tuple[str, ...]:
        """The parts below `server/src/shuke`, or nothing for files elsewhere: `("loyalty", "ledger", "actions.py")`."""
        parts = self.path.parts
        return parts[3:] if parts[:3] == ("server", "src", "shuke") else ()

    @property
    def is_test(self) -> bool:
        """Whether the file serves tests only."""
        return "tests" in self.path.parts or self.path.name in {"conftest.py", "testing.py"}

    @property
    def is_platform(self) -> bool:
        """Whether the file belongs to the platform."""
        return self.package[:1] == ("platform",)

    @property
    def is_main(self) -> bool:
        """Whether the file belongs to the composition."""
        return self.package[:1] == ("main",)

    @property
    def is_module(self) -> bool:
        """Whether the file belongs to a module of a layer."""
        return len(self.package) >= 3 and self.package[0] in LAYERS

    @property
    def role(self) -> str:
        """Its word of the vocabulary inside a module: `actions` for `actions.py` and for `actions/renew.py`."""
        return self.package[2].removesuffix(".py") if self.is_module and not self.is_test else ""

    def allows(self, rule: str, line: int) -> bool:
        """Whether the line carries `# allow: <rule> — <reason>`; an exception without a reason is none."""
        lines = self.text.splitlines()
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        _, found, reason = text.partition(f"# allow: {rule} — ")
        return bool(found and reason.strip())

    def finding(self, node: ast.AST, rule: str, advice: str) -> Iterator[Finding]:
        """The finding at a node, unless its line is excepted with a reason."""
        line = getattr(node, "lineno", 1)
        if not self.allows(rule, line):
            yield Finding(self.path, line, rule, advice)


def dotted(node: ast.AST) -> str:
    """`datetime.datetime.now` for such an attribute chain, and an empty text for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""
