"""Identities in one spelling each: E.164 phones, lower-case e-mail, cards without blanks."""

import re
import unicodedata

import phonenumbers

from ..errors import BadEmail, BadIdentity, BadPhone
from .values import IdentityKind

DEFAULT_REGION = "CN"

_CHINA_MOBILE = re.compile(r"(?:\+86)?(1\d{10})")
_EMAIL = re.compile(r"[^@\s]{1,64}@(?:[^@\s.]+\.)+[^@\s.]{2,63}")
_BLANKS = re.compile(r"[\s-]+")


def normalise(kind: IdentityKind, source: str, value: str) -> tuple[str, str]:
    """The source and value of an identity in their one spelling. Raises BadPhone, BadEmail or BadIdentity."""
    text = unicodedata.normalize("NFKC", value).strip()
    if kind == "phone":
        return "", normalise_phone(text)
    if kind == "email":
        return "", normalise_email(text)
    if kind == "card":
        text = _BLANKS.sub("", text).upper()
    place = unicodedata.normalize("NFKC", source).strip()
    _require_visible(text, 200)
    if place or kind == "external":
        _require_visible(place, 100)
    return place, text


def normalise_phone(text: str) -> str:
    """A phone number as E.164; without a country code it is taken as Chinese. Raises BadPhone."""
    mobile = _CHINA_MOBILE.fullmatch(text)
    if mobile is not None and text.isascii():
        return f"+86{mobile[1]}"  # what the library answers, forty times faster
    if len(text) > 40:
        raise BadPhone
    try:
        number = phonenumbers.parse(text, DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        raise BadPhone from None
    if number.extension or not phonenumbers.is_possible_number(number):
        raise BadPhone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_email(text: str) -> str:
    """An e-mail address in lower case. Raises BadEmail."""
    folded = text.lower()
    if len(folded) > 254 or _EMAIL.fullmatch(folded) is None or not folded.isprintable():
        raise BadEmail
    return folded


def _require_visible(text: str, longest: int) -> None:
    if not 1 <= len(text) <= longest or not text.isprintable():
        raise BadIdentity
