"""第 N 件优惠: every nth piece for less (第二件半价)."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Count, Part, Percent


class NthItem(Part):
    """Of the pieces, the dearest first, every `nth` is `percent` off; at most `most_times`."""

    kind: Literal["nth_item"] = "nth_item"
    nth: Annotated[int, Field(ge=2, le=20)]
    percent: Percent
    most_times: Count | None = None
