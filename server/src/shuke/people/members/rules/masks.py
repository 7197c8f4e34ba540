"""Masks: enough to recognise, too little to use. Everything personal leaves the module through one of these."""

import re
from collections.abc import Callable, Mapping

from shuke.platform.actor import FieldView

from .pinyin import surname_length
from .values import IdentityKind

_CHINESE = "+86"
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")


# The view of a phone or an e-mail holds wherever it stands; the other identities share one.
FIELD_OF_IDENTITY: Mapping[str, str] = {"phone": "phone", "email": "email"}


def shown(value: str | None, view: FieldView, mask: Callable[[str], str]) -> str | None:
    """A personal value as a view lets it out: nothing, masked, or in clear."""
    if not value or view == "hidden":
        return None
    return value if view == "readable" else mask(value)


def mask_name(name: str) -> str:
    """王*明, 王*, 欧阳*; in other scripts the first letter of each word: J*** S***."""
    compact = name.replace(" ", "").replace("·", "")
    if _HAN.fullmatch(compact):
        if len(compact) == 1:
            return "*"
        kept = surname_length(compact)
        given = compact[kept:]
        if len(given) <= 1:
            return compact[:kept] + "*"
        return f"{compact[:kept]}{'*' * (len(given) - 1)}{given[-1]}"
    return " ".join(f"{word[0]}***" for word in name.split())


def mask_phone(phone: str) -> str:
    """154****5678; a foreign number keeps its plus sign, two digits and the last four."""
    digits = phone.removeprefix(_CHINESE)
    shown = 3
    return f"{digits[:shown]}****{digits[-4:]}" if len(digits) >= shown + 6 else f"{digits[:1]}****{digits[-2:]}"


def mask_email(email: str) -> str:
    """z***@example.com."""
    local, _, domain = email.partition("@")
    return f"{local[:1]}***@{domain}"


def mask_code(code: str) -> str:
    """A card, external or WeChat number: ends of it, never more than half."""
    if len(code) <= 2:
        return "*" * len(code)
    ends = min(4, len(code) // 4) or 1
    return f"{code[:ends]}***{code[-ends:]}"


def mask_identity(kind: IdentityKind, value: str) -> str:
    """The mask for a kind of identity."""
    if kind == "phone":
        return mask_phone(value)
    if kind == "email":
        return mask_email(value)
    return mask_code(value)


def mask_birthday(birthday: str) -> str:
    """The month and day of `YYYY-MM-DD` or `--MM-DD`: the year stays hidden."""
    return birthday[-5:]
