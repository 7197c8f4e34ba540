"""A tag; whoever keeps tags puts it on."""

from typing import ClassVar, Literal

from shuke.platform.i18n import LocalName

from ..words import Code, titled
from .base import OutwardKind


class Tag(OutwardKind):
    """A tag on the member, by its code."""

    LABEL: ClassVar = LocalName("打标签", "Tag")
    kind: Literal["tag"] = "tag"
    tag: Code = titled("标签", "Tag", control="tag")
