"""The programme as a document, over HTTP."""

from typing import Annotated

from fastapi import Body

from shuke.foundation import organization
from shuke.platform import clock
from shuke.platform.http import CurrentActor, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.module import Permission

from . import document
from .document import PartChanges
from .errors import ProgrammeTooLarge, ProgrammeUnknown, ProgrammeUnreadable
from .schemas import (
    ProgrammeChangeOut,
    ProgrammeDiffOut,
    ProgrammeImportIn,
    ProgrammeIn,
    ProgrammeLineOut,
    ProgrammeOut,
    ProgrammePartOut,
)

READ = Permission(code="programme.read", zh="查看、导出会员计划", en="See and export the programme")
IMPORT = Permission(code="programme.import", zh="导入会员计划", en="Import a programme")

router = Router(tags=["programme"])

_REFUSALS = declares(ProgrammeTooLarge, ProgrammeUnknown, ProgrammeUnreadable)


@router.get("/v1/programme", dependencies=[allowed(READ, reach="common")])
async def get_programme(session: RequestSession) -> ProgrammeOut:
    """The whole programme as one document, to keep under version control or to take to another installation."""
    found = await document.export(session)
    return ProgrammeOut(document=dict(found), yaml=document.write(found))


@router.post("/v1/programme/diff", dependencies=[allowed(IMPORT)], responses=_REFUSALS)
async def post_diff(
    session: RequestSession, language: RequestLanguage, wanted: Annotated[ProgrammeIn, Body()]
) -> ProgrammeDiffOut:
    """What taking a document over would change here."""
    return _shown(await document.preview(session, wanted.read(), language))


@router.post("/v1/programme/import", dependencies=[allowed(IMPORT)], responses=_REFUSALS)
async def post_import(
    session: RequestSession,
    actor: CurrentActor,
    language: RequestLanguage,
    wanted: Annotated[ProgrammeImportIn, Body()],
) -> ProgrammeDiffOut:
    """Take a document over, all or nothing: new versions for what differs, and rules that it does not name end.
    Answers what changed.
    """
    found = wanted.read()
    begins = None
    if wanted.from_day is not None:
        begins = clock.start_of_day(wanted.from_day, (await organization.get_shop(session)).zone)
    if wanted.dry_run:
        return _shown(await document.preview(session, found, language, begins))
    return _shown(await document.take_over(session, found, language, begins, actor))


def _shown(changed: list[PartChanges]) -> ProgrammeDiffOut:
    return ProgrammeDiffOut(parts=[_part(one) for one in changed], changes=sum(len(one.changes) for one in changed))


def _part(one: PartChanges) -> ProgrammePartOut:
    return ProgrammePartOut(
        key=one.key,
        name=one.name,
        changes=[
            ProgrammeChangeOut(
                kind=change.kind,
                code=change.code,
                name=change.name,
                lines=[ProgrammeLineOut(**vars(line)) for line in change.lines],
            )
            for change in one.changes
        ],
    )
