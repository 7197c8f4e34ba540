"""Shapes of requests and answers about the programme as a document."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shuke.platform.i18n import LocalName

from .document import MOST_KB, Document, known, parse


class ProgrammeOut(BaseModel):
    document: dict[str, Any] = Field(description="The parts by name; `format` is the version of the format.")
    yaml: str = Field(description="The same as a file.")


class ProgrammeIn(BaseModel):
    """A programme that another installation has exported: as the file's text, or as the document itself."""

    model_config = ConfigDict(extra="forbid")

    yaml: Annotated[str, Field(max_length=MOST_KB * 1024)] | None = None
    document: dict[str, Any] | None = None

    def read(self) -> Document:
        """The document. Raises ProgrammeUnknown where there is none, and what reading refuses."""
        return parse(self.yaml) if self.yaml is not None else known(self.document)


class ProgrammeImportIn(ProgrammeIn):
    dry_run: bool = Field(default=False, description="Say what would change, and change nothing.")
    from_day: Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))] | None = Field(
        default=None,
        description="From which of the shop's days on it holds; none: from now on. A day in the past makes "
        "orders that arrive from now on be judged so from that day.",
    )


class ProgrammeLineOut(BaseModel):
    title: str
    before: str | None
    after: str | None


class ProgrammeChangeOut(BaseModel):
    kind: Literal["added", "changed", "retired"]
    code: str
    name: LocalName
    lines: list[ProgrammeLineOut]


class ProgrammePartOut(BaseModel):
    key: str
    name: LocalName
    changes: list[ProgrammeChangeOut]


class ProgrammeDiffOut(BaseModel):
    parts: list[ProgrammePartOut]
    changes: int
