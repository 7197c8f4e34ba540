"""How a line of the trail reads: “张三 修改了 会员 M0001 的 手机号”."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from shuke.foundation import staff
from shuke.platform.actor import Sight
from shuke.platform.audit import ActionWords, FieldWords, ObjectWords
from shuke.platform.db import Session
from shuke.platform.i18n import Language, LocalName
from shuke.platform.module import contributions

from ..extensions import ActorNames, ObjectNames

_SYSTEM = LocalName("系统", "The system")
_UNKNOWN = LocalName("未登录的访客", "Somebody not signed in")
_STAFF = LocalName("后台用户 {id}", "Staff user {id}")
_KEY = LocalName("API 密钥 {id}", "API key {id}")
_OTHER = LocalName("{kind} {id}", "{kind} {id}")
_ACTORS = {"staff": _STAFF, "api_key": _KEY}
_REFUSED = LocalName("{sentence}，被拒绝", "{sentence} — refused")
_OF_FIELDS = LocalName(" 的 {fields}", " ({fields})")
_BETWEEN = LocalName("、", ", ")
# What a method means where nobody has said it better.
_METHODS = {
    "POST": LocalName("{actor} 提交了 {object}{fields}", "{actor} submitted {object}{fields}"),
    "PUT": LocalName("{actor} 设置了 {object}{fields}", "{actor} set {object}{fields}"),
    "PATCH": LocalName("{actor} 修改了 {object}{fields}", "{actor} changed {object}{fields}"),
    "DELETE": LocalName("{actor} 删除了 {object}", "{actor} removed {object}"),
    "GET": LocalName("{actor} 查看了 {object}", "{actor} looked at {object}"),
}
_ANYTHING = LocalName("{actor} 执行了“{action}”：{object}", "{actor} did “{action}”: {object}")


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the actors and objects of some lines are called."""

    actors: Mapping[str, str]
    objects: Mapping[tuple[str, str], str]


async def names_of(session: Session, lines: Sequence[Row[Any]], sight: Sight) -> Names:
    """The names that sentences about these lines need; two or three statements, however many lines."""
    wanted = {line.actor for line in lines} | {line.on_behalf_of for line in lines if line.on_behalf_of}
    objects = {(line.object_kind, line.object_id) for line in lines}
    return Names(actors=await _actor_names(session, wanted), objects=await _object_names(session, objects, sight))


async def actor_labels(session: Session, actors: Iterable[str], language: Language) -> dict[str, str]:
    """What actors are called in a language."""
    found = Names(actors=await _actor_names(session, set(actors)), objects={})
    return {one: actor_label(one, found, language) for one in actors}


def sentence(line: Any, names: Names, language: Language) -> str:
    """One line in words."""
    method, _, _ = line.action.partition(" ")
    said = _action_words().get(line.action) or _METHODS.get(method) or _ANYTHING
    fields = field_names(line)
    shown = _BETWEEN.pick(language).join(field_label(name, language) for name in fields)
    told = said.pick(language).format_map(
        {
            "actor": actor_label(line.actor, names, language),
            "object": object_label(line.object_kind, line.object_id, names, language),
            "fields": _OF_FIELDS.pick(language).format(fields=shown) if shown else "",
            "action": line.action,
        }
    )
    return _REFUSED.pick(language).format(sentence=told) if line.result == "refused" else told


def field_names(line: Any) -> list[str]:
    """Which fields a line is about, sealed ones among them."""
    told = line.details.get("fields")
    return list(dict.fromkeys([*line.changes, *(told if isinstance(told, list) else [])]))


def actor_label(actor: str, names: Names, language: Language) -> str:
    """What an actor is called."""
    if actor in names.actors:
        return names.actors[actor]
    kind, _, number = actor.partition(":")
    if kind == "system":
        return _SYSTEM.pick(language)
    if not number:
        return _UNKNOWN.pick(language)
    return _ACTORS.get(kind, _OTHER).pick(language).format(kind=kind, id=number)


def object_label(kind: str, object_id: str, names: Names, language: Language) -> str:
    """What an object is called: its kind and its name or number."""
    called = {found.kind: LocalName(found.zh, found.en) for found in contributions(ObjectWords)}
    noun = called[kind].pick(language) if kind in called else kind
    name = names.objects.get((kind, object_id), object_id)
    return f"{noun} {name}".rstrip()


def field_label(name: str, language: Language) -> str:
    """What a field is called."""
    for found in contributions(FieldWords):
        if found.field == name:
            return LocalName(found.zh, found.en).pick(language)
    return name


def action_label(action: str, language: Language) -> str:
    """What an action is called where nobody does it to anything."""
    said = _action_words().get(action)
    if said is None:
        return action
    bare = said.pick(language).format_map({"actor": "", "object": "…", "fields": "", "action": action})
    return " ".join(bare.split())


def known_actions() -> list[str]:
    """The actions that have words of their own."""
    return sorted(_action_words())


def actions_about(text: str) -> list[str]:
    """The actions whose words hold a text, in either language."""
    wanted = text.casefold()
    return [
        found.action
        for found in contributions(ActionWords)
        if wanted in found.zh.casefold() or wanted in found.en.casefold()
    ]


def kind_labels(language: Language) -> dict[str, str]:
    """The kinds of objects that have a name."""
    return {found.kind: LocalName(found.zh, found.en).pick(language) for found in contributions(ObjectWords)}


def _action_words() -> dict[str, LocalName]:
    return {found.action: LocalName(found.zh, found.en) for found in contributions(ActionWords)}


async def _actor_names(session: Session, actors: set[str]) -> dict[str, str]:
    sources = {"staff": staff.display_names, **{found.kind: found.names for found in contributions(ActorNames)}}
    found: dict[str, str] = {}
    for kind, names in sources.items():
        ids = sorted(int(actor.partition(":")[2]) for actor in actors if actor.startswith(f"{kind}:"))
        if ids:
            found |= {f"{kind}:{number}": name for number, name in (await names(session, ids)).items()}
    return found


async def _object_names(session: Session, objects: set[tuple[str, str]], sight: Sight) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for source in contributions(ObjectNames):
        ids = sorted(
            int(number) for kind, number in objects if kind == source.kind and number.isdecimal() and len(number) < 19
        )
        if ids:
            named = await source.names(session, ids, sight)
            found |= {(source.kind, str(number)): name for number, name in named.items()}
    return found
