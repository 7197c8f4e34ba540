"""Rules about what one Python file may do."""

import ast
import re
from collections.abc import Iterator

from tools.lint.findings import Finding, Source, dotted

MACHINE_CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "date.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
}
CHANCE = {"random", "secrets"}
RANDOM_IDS = {"uuid1", "uuid4", "uuid6", "uuid7"}
NETWORK = {"httpx", "aiohttp", "aiosmtplib", "smtplib", "socket", "requests", "urllib", "http"}
TRANSACTIONAL = {"actions", "queries", "rules", "handlers", "facts"}
STATEMENT_CALLS = {
    "text",
    "execute",
    "exec_driver_sql",
    "fetch",
    "fetchrow",
    "fetchval",
    "executemany",
    "scalar",
    "scalars",
}
SQL_START = re.compile(
    r"\s*(select\s|insert\s+into\s|update\s+\w+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s|(create|alter|drop|truncate|grant|revoke)\s"
    r"+(table|index|database|role|schema|user|sequence|view|select|all)\b)",
    re.IGNORECASE,
)


def transaction_edges(source: Source) -> Iterator[Finding]:
    """Transactions end at the edges: the platform and main."""
    if not source.is_module or source.is_test:
        return
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        name = node.func.attr
        if name in {"commit", "rollback", "begin"}:
            yield from source.finding(
                node,
                "transaction-edge",
                f"take away .{name}(): the transaction belongs to the request or job; raise an AppError to undo it",
            )
        if name == "transaction" and source.role in TRANSACTIONAL:
            yield from source.finding(
                node,
                "transaction-edge",
                "take the caller's session as an argument; only jobs.py opens transactions of its own",
            )


def one_clock(source: Source) -> Iterator[Finding]:
    """Only platform/clock.py asks the machine for the time."""
    if source.package == ("platform", "clock.py") or not source.package:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and dotted(node.func) in MACHINE_CLOCKS:
            yield from source.finding(
                node,
                "one-clock",
                f"instead of {dotted(node.func)}() use clock.now() (the shop's time) or clock.wall() (sessions, locks)",
            )


def chance_and_environment(source: Source) -> Iterator[Finding]:
    """Chance and the environment come from the platform."""
    if source.is_platform or source.is_test or not source.package:
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name.split(".")[0] in CHANCE:
                yield from source.finding(
                    node, "chance", f"instead of {name} use shuke.platform.ids, so that tests can fix what is drawn"
                )
        if isinstance(node, ast.Call) and dotted(node.func).rsplit(".", 1)[-1] in RANDOM_IDS:
            yield from source.finding(
                node, "chance", "use a bigint identity key, or shuke.platform.ids for public codes"
            )
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}:
            yield from source.finding(
                node, "environment", "add a field to shuke.platform.settings.Settings and read it from settings()"
            )
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            for alias in node.names:
                if alias.name in {"environ", "getenv"}:
                    yield from source.finding(
                        node,
                        "environment",
                        "add a field to shuke.platform.settings.Settings and read it from settings()",
                    )


def no_network_in_transaction(source: Source) -> Iterator[Finding]:
    """What runs inside a transaction never waits for the network."""
    if source.role not in TRANSACTIONAL:
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name.split(".")[0] in NETWORK and not name.startswith(("urllib.parse", "http.HTTPStatus")):
                yield from source.finding(
                    node,
                    "no-network",
                    f"no {name} inside a transaction: claim the work here, call from jobs.py, record after",
                )


def no_built_sql(source: Source) -> Iterator[Finding]:
    """SQL text is never put together from values."""
    if source.is_test or not source.package:
        return
    seen: set[int] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and node.args and _called(node) in STATEMENT_CALLS and _is_built(node.args[0]):
            built: ast.AST = node.args[0]
        elif _is_built(node) and SQL_START.match(_first_text(node)):
            built = node
        else:
            continue
        line = getattr(built, "lineno", 0)
        if line in seen:
            continue
        seen.add(line)
        yield from source.finding(
            built,
            "built-sql",
            "bind values as parameters; a name in DDL: quote it, and add `# allow: built-sql — <reason>`",
        )


def function_size(source: Source) -> Iterator[Finding]:
    """A function fits on a page: at most 60 lines."""
    if source.is_test or "migrations" in source.path.parts:
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > 60:
                yield from source.finding(
                    node, "function-size", f"{node.name} has {lines} lines, at most 60: find the missing noun or step"
                )


def reasons_beside_exceptions(source: Source) -> Iterator[Finding]:
    """A silenced checker is told why, on the same line."""
    for number, line in enumerate(source.text.splitlines(), 1):
        match = re.search(r"#\s*(type:\s*ignore|noqa|pragma:\s*no cover)(\[[^\]]*\]|:\s*[A-Z0-9, ]+)?(.*)$", line)
        if match and not match.group(3).strip(" #-—:"):
            yield Finding(
                source.path,
                number,
                "reason",
                f"say on the same line why `{match.group(1)}` is right here, or mend the code",
            )


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def _called(node: ast.Call) -> str:
    return dotted(node.func).rsplit(".", 1)[-1] or (node.func.attr if isinstance(node.func, ast.Attribute) else "")


def _is_built(node: ast.AST) -> bool:
    """An f-string with places, a %-format, a .format() or a + of text with something that is no text."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add):
        return _first_text(node) != "" and not _is_literal(node)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        return isinstance(node.func.value, ast.Constant) and isinstance(node.func.value.value, str)
    return False


def _is_literal(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_literal(node.left) and _is_literal(node.right)
    return isinstance(node, ast.Constant)


def _first_text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return _first_text(node.values[0]) if node.values else ""
    if isinstance(node, ast.BinOp):
        return _first_text(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _first_text(node.func.value)
    return ""


SOURCE_RULES = (
    transaction_edges,
    one_clock,
    chance_and_environment,
    no_network_in_transaction,
    no_built_sql,
    function_size,
    reasons_beside_exceptions,
)
