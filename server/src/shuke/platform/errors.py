"""Errors with a code: what happened, and what to do. `platform/http` turns them into problem+json."""

from dataclasses import dataclass
from typing import Any, ClassVar

from shuke.platform.i18n import Language, LocalName


@dataclass(frozen=True)
class FieldError:
    """One wrong field: a JSON pointer to it and a sentence that says what to do."""

    pointer: str
    detail: str


class AppError(Exception):
    """A refusal the caller can understand. Subclasses name the code, the HTTP status and both texts.

    `title` and `detail` hold one text per language; `{name}` places are filled from the keyword arguments, and names in
    both languages by the one asked for.
    """

    code: ClassVar[str]
    status: ClassVar[int] = 422
    title: ClassVar[dict[str, str]]
    detail: ClassVar[dict[str, str]]
    headers: ClassVar[dict[str, str]] = {}
    # A refusal undoes everything by default; counting a failed sign-in is an effect that must stay.
    keeps_effects: ClassVar[bool] = False

    def __init__(self, *, fields: tuple[FieldError, ...] = (), **values: Any) -> None:
        self.fields = fields
        self.values = values
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """The sentence for the caller in a language (`zh` or `en`)."""
        named: Language = "zh" if language == "zh" else "en"
        values = {
            key: value.pick(named) if isinstance(value, LocalName) else value for key, value in self.values.items()
        }
        return self.detail[language].format_map(values)

    def kept(self) -> dict[str, Any]:
        """What is kept with work that ended by it: the code, and both texts, of which its reader is shown one."""
        return {"code": self.code, "title": self.title, "detail": {"zh": self.say("zh"), "en": self.say("en")}}


def all_errors() -> list[type[AppError]]:
    """Every error class that the loaded modules declare, by code. Feeds the error reference and OpenAPI."""
    found: dict[str, type[AppError]] = {}
    waiting = [AppError]
    while waiting:
        for child in waiting.pop().__subclasses__():
            waiting.append(child)
            if "code" in vars(child):
                found[child.code] = child
    return [found[code] for code in sorted(found)]
