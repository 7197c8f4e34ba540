"""Rules about who sees whom: what a route promises to narrow, it narrows, and lists of members' rows know the caller.

What these rules cannot see is proved by running every route: `tests/authorization`.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.lint.findings import Finding, Source, dotted

VERBS = {"get", "post", "put", "patch", "delete"}
# Whoever is asked by one of these answers for anybody: fine for jobs and actions, not where somebody looks.
FOR_ANYBODY = {"EVERYTHING", "find_id", "find_ids", "own_names"}
# These take a caller's reference and the caller's sight, and give an id that may be used.
KNOWN_MEMBER = re.compile(r"member_ids?|customer_ids?|keys|everybody|people|ids")
LISTS = re.compile(r"(list|count)_|find_\w*page")
FROM = re.compile(r"\b(?:from|join)\s+([a-z_]+)", re.IGNORECASE)


def narrowed_routes_narrow(source: Source) -> Iterator[Finding]:
    """A route with reach="narrowed" takes the caller's sight, and uses it."""
    if not _is_of_routes(source):
        return
    named = _accesses(source.tree)
    for node in ast.walk(source.tree):
        if not (isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef) and _is_narrowed(node, named)):
            continue
        if not any(_uses(node, parameter) for parameter in _parameters(node)):
            yield from source.finding(
                node,
                "sight",
                f'{node.name} promises reach="narrowed": take `sight: CurrentSight` (or `actor: CurrentActor` and '
                "its `.sight`) and hand it to every look-up, or declare another reach",
            )


def nobody_is_everything(source: Source) -> Iterator[Finding]:
    """Routes and views look as the caller does, never as the program itself."""
    if not _is_of_routes(source):
        return
    for node in ast.walk(source.tree):
        name = _name_of(node)
        if name in FOR_ANYBODY and not _is_another_modules(node):
            yield from source.finding(
                node, "sight", f"{name} answers for anybody: pass on the caller's sight (get_id, get_ids, names)"
            )


def lists_know_the_caller(root: Path, files: Sequence[Path]) -> Iterator[Finding]:
    """A list or count over rows of members takes a sight, or the members whom it is about."""
    sources = [Source(path, (root / path).read_text(encoding="utf-8")) for path in files if _is_module_code(path)]
    tables = {name for source in sources if source.role == "tables" for name in _member_tables(source.tree)}
    carriers = {name for source in sources for name in _of_one_member(source.tree)}
    for source in sources:
        if source.role == "queries" or source.path.name == "queries.py":
            yield from _lists_of(source, tables, carriers)


def _lists_of(source: Source, tables: set[str], carriers: set[str]) -> Iterator[Finding]:
    texts = _texts(source.tree)
    for node in source.tree.body:
        if not isinstance(node, ast.AsyncFunctionDef) or not LISTS.match(node.name):
            continue
        read = sorted(_read(node, tables, texts))
        if read and not _knows_whose(node, carriers):
            yield from source.finding(
                node,
                "sight",
                f"{node.name} reads {', '.join(read)}, which has rows of members: take `sight: Sight` and apply "
                "members.only_visible, or take the member_id(s) that get_id gave",
            )


def _knows_whose(node: ast.AsyncFunctionDef, carriers: set[str]) -> bool:
    """Whether a function takes a sight that it uses, or the members whom it is about: as ids, or in a record."""
    for parameter in _parameters(node):
        annotation = ast.unparse(parameter.annotation) if parameter.annotation else ""
        if KNOWN_MEMBER.fullmatch(parameter.arg):
            return True
        if annotation in carriers:
            return True
        if re.search(r"\b(Sight|Actor)\b", annotation) and _is_read(node, parameter.arg):
            return True
    return False


def _of_one_member(tree: ast.Module) -> Iterator[str]:
    """The records that are one member's: classes with a field member_id."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            fields = {
                one.target.id
                for one in node.body
                if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
            }
            if "member_id" in fields:
                yield node.name


def _member_tables(tree: ast.Module) -> Iterator[str]:
    """The variables and names of the tables with a column member_id."""
    for node in tree.body:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        if dotted(node.value.func) != "Table" or not isinstance(node.targets[0], ast.Name):
            continue
        columns = [one for one in node.value.args if isinstance(one, ast.Call) and dotted(one.func) == "Column"]
        names = [one.args[0].value for one in columns if one.args and isinstance(one.args[0], ast.Constant)]
        if "member_id" in names:
            yield node.targets[0].id
            first = node.value.args[0]
            if isinstance(first, ast.Constant):
                yield str(first.value)


def _texts(tree: ast.Module) -> dict[str, str]:
    """The module's SQL by the name of its constant."""
    return {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def _read(node: ast.AsyncFunctionDef, tables: set[str], texts: dict[str, str]) -> set[str]:
    """The tables of members that a function reads, by variable or in SQL."""
    found: set[str] = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            found |= {inner.id} & tables
            found |= set(FROM.findall(texts.get(inner.id, ""))) & tables
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            found |= set(FROM.findall(inner.value)) & tables
    return found


def _accesses(tree: ast.Module) -> dict[str, ast.expr]:
    """Accesses that a file declares under a name, such as `_may_operate = allowed(…)`."""
    return {
        node.targets[0].id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }


def _is_narrowed(node: ast.AsyncFunctionDef | ast.FunctionDef, named: dict[str, ast.expr]) -> bool:
    for decorator in node.decorator_list:
        if not (isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute)):
            continue
        if decorator.func.attr not in VERBS:
            continue
        for inner in ast.walk(decorator):
            access = named.get(inner.id) if isinstance(inner, ast.Name) else inner
            if isinstance(access, ast.Call) and dotted(access.func) == "allowed" and _reach(access) == "narrowed":
                return True
    return False


def _reach(call: ast.Call) -> str:
    for keyword in call.keywords:
        if keyword.arg == "reach" and isinstance(keyword.value, ast.Constant):
            return str(keyword.value.value)
    return "whole"


def _uses(node: ast.AsyncFunctionDef | ast.FunctionDef, parameter: ast.arg) -> bool:
    """Whether a parameter brings the caller's sight, and the function does something with it."""
    kind = ast.unparse(parameter.annotation) if parameter.annotation else ""
    if kind == "CurrentSight" or _is_given_by(node, parameter):
        return _is_read(node, parameter.arg)
    return kind == "CurrentActor" and _hands_on(node, parameter.arg)


def _is_given_by(node: ast.AsyncFunctionDef | ast.FunctionDef, parameter: ast.arg) -> bool:
    """Whether a dependency of the module's own brings it, such as `desk: Desk = AtDesk`; routes are asked at start."""
    places = node.args.args[len(node.args.args) - len(node.args.defaults) :]
    given = dict(zip((one.arg for one in places), node.args.defaults, strict=True))
    default = given.get(parameter.arg)
    return isinstance(default, ast.Name) and default.id.startswith("At")


def _is_read(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name and isinstance(one.ctx, ast.Load) for one in ast.walk(node))


def _hands_on(node: ast.AST, name: str) -> bool:
    """Whether an actor's sight is asked for, or the actor goes to a call that is not the audit trail's."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute) and inner.attr == "sight" and dotted(inner.value) == name:
            return True
        if isinstance(inner, ast.Call) and not dotted(inner.func).startswith("audit."):
            handed = [*inner.args, *(keyword.value for keyword in inner.keywords)]
            if any(isinstance(one, ast.Name) and one.id == name for one in handed):
                return True
    return False


def _parameters(node: ast.AsyncFunctionDef | ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    return ""


def _is_another_modules(node: ast.AST) -> bool:
    """Whether the name belongs to a front door other than that of members: `staff.find_id` means something else."""
    return isinstance(node, ast.Attribute) and dotted(node.value) not in {"members", "queries", "actor"}


def _is_of_routes(source: Source) -> bool:
    name = source.path.name
    is_routes = name in {"routes.py", "views.py"} or name.endswith("_routes.py") or source.role == "routes"
    return source.is_module and not source.is_test and is_routes


def _is_module_code(path: Path) -> bool:
    source = Source(path, "")
    return path.suffix == ".py" and source.is_module and not source.is_test


SIGHT_RULES = (narrowed_routes_narrow, nobody_is_everything)
