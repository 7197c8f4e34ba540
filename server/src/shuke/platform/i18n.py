"""Two languages: names that carry both, and which one a caller wants."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]

# What `Accept-Language` and `Content-Language` call our languages.
LanguageTag = Literal["zh-CN", "en"]
TAGS: dict[Language, LanguageTag] = {"zh": "zh-CN", "en": "en"}
LANGUAGES: dict[LanguageTag, Language] = {tag: language for language, tag in TAGS.items()}


@dataclass(frozen=True)
class LocalName:
    """A name in both languages."""

    zh: str
    en: str

    def pick(self, language: Language) -> str:
        """The name in one language."""
        return self.zh if language == "zh" else self.en


def choose_language(accept_language: str | None, default: Language) -> Language:
    """The best of our languages for an `Accept-Language` header; unknown languages and nonsense get the default."""
    best: tuple[float, Language] | None = None
    for part in (accept_language or "").split(",")[:20]:
        tag, _, weight = part.strip().partition(";")
        language = _known(tag.strip().lower())
        if language is None:
            continue
        quality = _quality(weight)
        if quality > 0 and (best is None or quality > best[0]):
            best = (quality, language)
    return best[1] if best else default


def _known(tag: str) -> Language | None:
    if tag == "zh" or tag.startswith("zh-"):
        return "zh"
    if tag == "en" or tag.startswith("en-"):
        return "en"
    return None


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
