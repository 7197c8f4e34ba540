"""What modules tell people about: kinds of notices."""

from dataclasses import dataclass
from typing import Literal

from shuke.platform.i18n import LocalName

# Whether a notice is about the whole shop (people who see a part of it are not told), or about what somebody did.
About = Literal["shop", "own"]


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """A kind of notice: what people call it, and who may read it. Contributed by modules.

    `permission`: without it nobody sees a notice of this kind, even one that was addressed to them. `is_on`: whether
    people are told who have not chosen.
    """

    code: str
    label: LocalName
    permission: str | None = None
    about: About = "own"
    is_on: bool = True
