"""Rules about what a file declares: errors, events, front doors."""

import ast
import re
import string
from collections.abc import Iterator

from tools.lint.findings import Finding, Source, dotted

CODE = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
# Past participles that do not end in -ed; the list grows with the domain.
IRREGULAR = {
    "begun", "bought", "brought", "built", "cut", "done", "drawn", "fallen", "found", "given", "gone", "held", "kept",
    "left", "lent", "lost", "made", "met", "paid", "put", "read", "run", "seen", "sent", "set", "shown", "sold",
    "spent", "split", "taken", "told", "undone", "withdrawn", "won", "written",
}  # fmt: skip
PERSONAL = {
    "address", "birthday", "display_name", "email", "given_name", "id_number", "mobile", "nickname", "openid", "phone",
    "real_name", "surname", "unionid",
}  # fmt: skip


def errors_speak(source: Source) -> Iterator[Finding]:
    """Every refusal has a code, and says in Chinese and English what happened and what to do."""
    if not source.package or source.is_test:
        return
    for node in _classes(source, base="AppError"):
        fields = _assigned(node)
        if node.name.startswith("_"):
            continue  # a shared shape, never raised itself
        missing = [name for name in ("code", "title", "detail") if name not in fields]
        if missing:
            yield from source.finding(node, "error-texts", f"{node.name}: add {', '.join(missing)} (see AppError)")
            continue
        code = _text(fields["code"])
        if code is None or not CODE.fullmatch(code):
            yield from source.finding(node, "error-texts", f'{node.name}: code is written "noun.what_happened"')
        for name in ("title", "detail"):
            yield from _check_languages(source, node, name, fields[name])


def _check_languages(source: Source, node: ast.ClassDef, name: str, value: ast.expr) -> Iterator[Finding]:
    texts = _texts(value)
    if texts is None or set(texts) != {"zh", "en"} or not all(texts.values()):
        yield from source.finding(node, "error-texts", f'{node.name}: {name} needs a text for "zh" and one for "en"')
        return
    places = {language: _places(text) for language, text in texts.items()}
    if places["zh"] != places["en"]:
        yield from source.finding(
            node, "error-texts", f"{node.name}: {name} must use the same {{places}} in both texts"
        )


def events_are_facts(source: Source) -> Iterator[Finding]:
    """Events are frozen, in the past tense, and carry nothing personal."""
    if not source.package or source.is_test:
        return
    for node in _classes(source, base="Event"):
        if not _is_frozen(node):
            yield from source.finding(
                node, "event-shape", f"{node.name}: decorate with @dataclass(frozen=True, kw_only=True)"
            )
        for field in sorted(_annotated(node) & PERSONAL):
            yield from source.finding(
                node, "event-shape", f"{node.name}: events are public; leave out {field} and carry the member's id"
            )
        if node.name.startswith("_"):
            continue  # a shared shape, never published itself
        fields = _assigned(node)
        name = _text(fields["name"]) if "name" in fields else None
        if name is None or not CODE.fullmatch(name) or not _is_past(name):
            yield from source.finding(
                node, "event-shape", f'{node.name}: name it "noun.past", such as "order.paid"; found {name!r}'
            )


def front_door_lists(source: Source) -> Iterator[Finding]:
    """A module's `__init__.py` is a list of what others may use, and opens no web."""
    if not (source.is_module and source.package[2:] == ("__init__.py",)):
        return
    if not any(isinstance(node, ast.Assign) and "__all__" in map(dotted, node.targets) for node in source.tree.body):
        yield from source.finding(source.tree, "front-door", "list the public names of this module in __all__")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom):
            first = (node.module or "").rsplit(".", 1)[-1]
            names = {first} | ({alias.name for alias in node.names} if node.level else set())
            if names & {"routes", "module", "tables"}:
                yield from source.finding(
                    node,
                    "front-door",
                    "a front door offers verbs, questions, events and errors: no routes, no MODULE, no tables",
                )


def _classes(source: Source, base: str) -> Iterator[ast.ClassDef]:
    """The classes that stand on a base, or on a shared shape of it in the same file (`_OrderEvent` on `Event`)."""
    bases = {base}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef) and bases & {dotted(item).rsplit(".", 1)[-1] for item in node.bases}:
            bases.add(node.name)
            yield node


def _assigned(node: ast.ClassDef) -> dict[str, ast.expr]:
    found: dict[str, ast.expr] = {}
    for item in node.body:
        if isinstance(item, ast.Assign):
            found.update({dotted(target): item.value for target in item.targets})
        elif isinstance(item, ast.AnnAssign) and item.value is not None:
            found[dotted(item.target)] = item.value
    return found


def _annotated(node: ast.ClassDef) -> set[str]:
    return {dotted(item.target) for item in node.body if isinstance(item, ast.AnnAssign)}


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _texts(node: ast.expr) -> dict[str, str] | None:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return None
    is_texts = isinstance(value, dict) and all(isinstance(text, str) for pair in value.items() for text in pair)
    return value if is_texts else None


def _places(text: str) -> set[str]:
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def _is_frozen(node: ast.ClassDef) -> bool:
    return any(
        isinstance(item, ast.Call)
        and dotted(item.func).rsplit(".", 1)[-1] == "dataclass"
        and any(word.arg == "frozen" and getattr(word.value, "value", None) is True for word in item.keywords)
        for item in node.decorator_list
    )


def _is_past(name: str) -> bool:
    words = name.split(".")[1].split("_")
    return any(word.endswith("ed") or word in IRREGULAR for word in words)


DECLARATION_RULES = (errors_speak, events_are_facts, front_door_lists)
