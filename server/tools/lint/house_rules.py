"""The house rules that no general linter knows. `python -m tools.lint.house_rules [repository]`

Each finding says what to do. An exception needs `# allow: <rule> — <reason>` on its line.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.lint.declaration_rules import DECLARATION_RULES
from tools.lint.findings import Finding, Source
from tools.lint.sight_rules import SIGHT_RULES, lists_know_the_caller
from tools.lint.source_rules import SOURCE_RULES
from tools.lint.tree_rules import TREE_RULES

REPOSITORY = Path(__file__).resolve().parents[3]
LEFT_OUT = {".git", ".venv", "node_modules", "dist", "__pycache__", ".shuke"}


def check(root: Path) -> Iterator[Finding]:
    """Every breach of the house rules in a repository."""
    files = list_files(root)
    for path in files:
        if path.suffix == ".py":
            source = Source(path, (root / path).read_text(encoding="utf-8"))
            for rule in (*SOURCE_RULES, *DECLARATION_RULES, *SIGHT_RULES):
                yield from rule(source)
    for tree_rule in (*TREE_RULES, lists_know_the_caller):
        yield from tree_rule(root, files)


def list_files(root: Path) -> list[Path]:
    """The repository's own files: what git tracks or would track, or everything where there is no git."""
    listed = _git_files(root) if (root / ".git").exists() else None
    paths = [path.relative_to(root) for path in root.rglob("*")] if listed is None else listed
    return sorted(path for path in set(paths) if not LEFT_OUT & set(path.parts) and (root / path).is_file())


def _git_files(root: Path) -> list[Path] | None:
    # The tree may belong to another user than the one who checks it, as in a container.
    command = ["git", "-c", "safe.directory=*", "-C", str(root), "ls-files", "-z", "--cached", "--others"]
    try:
        done = subprocess.run([*command, "--exclude-standard"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return [Path(name) for name in done.stdout.decode().split("\0") if name]


def main() -> int:
    """Print the findings; 1 when there are any."""
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else REPOSITORY
    findings = sorted(check(root), key=lambda finding: (finding.path, finding.line))
    for finding in findings:
        print(finding)
    print(f"house rules: {len(findings)} finding{'' if len(findings) == 1 else 's'}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
