"""What somebody with some roles sees, told with generated sample data."""

from collections.abc import Sequence
from typing import Literal

from shuke.platform.i18n import Language, LocalName

from .. import rules
from ..queries import Person, Role
from ..schemas.staff import FieldViewOut, ViewOut

# Generated: nobody has this name and number. In clear, and masked.
_SAMPLE: dict[rules.FieldName, tuple[str, str]] = {
    "name": ("林小满", "林**"),
    "phone": ("15400001234", "154****1234"),
    "email": ("xiaoman@example.com", "x***@example.com"),
    "birthday": ("1990-05-21", "05-**"),
    "address": ("上海市静安区示例路 1 号", "上海市静安区****"),
    "identities": ("VIP-20260001", "VIP-****0001"),
}
_TOLD = {
    "all": LocalName("所有门店的会员和数据", "Members and figures of all stores"),
    "regions": LocalName("所辖区域内门店的会员", "Members of the stores in the assigned regions"),
    "stores": LocalName("所属门店的会员", "Members of the assigned stores"),
    "own": LocalName("自己名下的会员", "Members in the person's own care"),
    "nothing": LocalName("看不到任何会员", "No members at all"),
}


def view_of(roles: Sequence[Role], person: Person | None, language: Language) -> ViewOut:
    """What the roles allow and show together; a person brings its stores, regions and employee along."""
    permissions = frozenset[str]().union(*(role.permissions for role in roles))
    shown = rules.sight_of(
        [rules.Holding(scope=role.scope, fields=role.fields) for role in roles],
        stores=(),
        stores_of_regions=(),
        employee_id=None,
    )
    scopes = _scopes(roles, person)
    told = "；".join if language == "zh" else "; ".join
    return ViewOut(
        permissions=sorted(permissions),
        scope=scopes[0],
        scope_told=told(_TOLD[scope].pick(language) for scope in scopes),
        fields=[_field(name, shown.view_of(name)) for name in rules.FIELDS],
    )


def _scopes(
    roles: Sequence[Role], person: Person | None
) -> list[Literal["all", "regions", "stores", "own", "nothing"]]:
    """The scopes that show something, widest first: stores without a store show nothing."""
    held = {role.scope for role in roles}
    if "all" in held:
        return ["all"]
    wanted: tuple[rules.Scope, ...] = ("regions", "stores", "own")
    found: list[Literal["all", "regions", "stores", "own", "nothing"]] = [
        scope for scope in wanted if scope in held and (person is None or _has(person, scope))
    ]
    return found or ["nothing"]


def _has(person: Person, scope: rules.Scope) -> bool:
    places = {"regions": person.regions, "stores": person.stores}
    return bool(places[scope]) if scope in places else person.employee_id is not None


def _field(name: rules.FieldName, view: Literal["hidden", "masked", "readable"]) -> FieldViewOut:
    clear, masked = _SAMPLE[name]
    sample = {"readable": clear, "masked": masked}.get(view)
    return FieldViewOut(field=name, view=view, sample=sample)
