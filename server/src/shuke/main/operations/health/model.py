"""What a look at the program finds."""

from dataclasses import dataclass
from typing import Literal

from shuke.platform.i18n import LocalName

CheckState = Literal["ok", "note", "wrong"]
CheckGroup = Literal["work", "database", "safety", "program"]
NOTHING = LocalName("", "")


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at: what was found in a sentence, and what to do where it is not well."""

    code: str
    group: CheckGroup
    state: CheckState
    title: LocalName
    said: LocalName
    mend: LocalName = NOTHING
    # Where in the console more of it stands.
    link: str | None = None


def worst(checks: "list[Check]") -> CheckState:
    """The state of the whole."""
    states = {check.state for check in checks}
    return "wrong" if "wrong" in states else "note" if "note" in states else "ok"


def age(seconds: float) -> LocalName:
    """A time that has passed, roughly."""
    for unit_s, zh, en in ((86_400, "天", "day"), (3_600, "小时", "hour"), (60, "分钟", "minute")):
        if seconds >= unit_s:
            count = int(seconds // unit_s)
            return LocalName(f"{count} {zh}", f"{count} {en}{'' if count == 1 else 's'}")
    return LocalName("不到 1 分钟", "less than a minute")


def size(bytes_: float) -> str:
    """A number of bytes, roughly."""
    for unit in ("B", "kB", "MB", "GB"):
        if bytes_ < 1_024:
            return f"{bytes_:,.0f} {unit}" if unit in {"B", "kB"} else f"{bytes_:,.1f} {unit}"
        bytes_ /= 1_024
    return f"{bytes_:,.1f} TB"
