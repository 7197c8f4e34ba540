"""What every kind of discount is."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Minor = Annotated[int, Field(ge=1, le=10**12)]
Percent = Annotated[int, Field(ge=1, le=100)]
Count = Annotated[int, Field(ge=1, le=1_000)]


class Part(BaseModel):
    """A part of the terms: strict, and fixed once read."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
