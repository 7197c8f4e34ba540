"""Verification over HTTP: how the last ones ended, asking for one; roots, the public key, proofs, the trial balance."""

from typing import Annotated

from fastapi import Query

from shuke.people import members
from shuke.platform.http import CurrentActor, CurrentSight, RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language
from shuke.platform.keys import KeysNotOpened
from shuke.platform.pages import DEFAULT_LIMIT, MAX_LIMIT, BadCursor

from . import proofs, roots, runs
from .errors import NotInRoot, RootDamaged, VerificationRunning
from .findings import Wrong
from .permissions import LEDGER_VERIFY
from .roots import Root
from .runs import Verification
from .schemas import (
    CurrencyBalanceOut,
    ProofOut,
    PublicKeyOut,
    RootOut,
    RootsOut,
    SideOut,
    TrialBalanceOut,
    VerificationOut,
    VerificationsOut,
    WrongOut,
    WrongRowOut,
)
from .trial_balance import CurrencyBalance, trial_balance

Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Cursor = Annotated[str | None, Query(max_length=500)]

router = Router(tags=["ledger"])


@router.get("/v1/ledger/verifications", dependencies=[allowed(LEDGER_VERIFY)], responses=declares(BadCursor))
async def get_verifications(
    session: RequestSession, language: RequestLanguage, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> VerificationsOut:
    """Verifications, newest first. One that is `broken` could not run, and says nothing of the ledger."""
    page = await runs.list_verifications(session, limit=limit, cursor=cursor)
    return VerificationsOut(items=[_verification(one, language) for one in page.items], next=page.next)


@router.post(
    "/v1/ledger/verifications",
    status_code=202,
    dependencies=[allowed(LEDGER_VERIFY)],
    responses=declares(VerificationRunning),
)
async def post_verification(session: RequestSession, actor: CurrentActor, language: RequestLanguage) -> VerificationOut:
    """Ask for a verification of the whole ledger; the worker does it."""
    return _verification(await runs.start_verification(session, actor), language)


@router.get("/v1/ledger/roots", dependencies=[allowed(LEDGER_VERIFY)], responses=declares(BadCursor))
async def get_roots(session: RequestSession, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> RootsOut:
    """Signed roots, newest first. Keep the newest outside this house: it fixes everything before it."""
    page = await roots.list_roots(session, limit=limit, cursor=cursor)
    return RootsOut(items=[_root(one) for one in page.items], next=page.next)


@router.get("/v1/ledger/public-key", dependencies=[allowed(LEDGER_VERIFY)], responses=declares(KeysNotOpened))
async def get_public_key(session: RequestSession) -> PublicKeyOut:
    """The key with which everybody can check roots and proofs."""
    public = await roots.public_key(session)
    return PublicKeyOut(key_id=roots.key_id(public), algorithm="Ed25519", pem=proofs.to_pem(public))


@router.get("/v1/ledger/trial-balance", dependencies=[allowed(LEDGER_VERIFY)])
async def get_trial_balance(session: RequestSession) -> TrialBalanceOut:
    """What members hold of each currency, and the other side of everything that ever moved."""
    items = await trial_balance(session)
    return TrialBalanceOut(items=[_balance(one) for one in items], ok=all(one.ok for one in items))


@router.get(
    "/v1/ledger/members/{member}/proof",
    dependencies=[allowed(LEDGER_VERIFY)],
    responses=declares(members.MemberNotFound, NotInRoot, RootDamaged, KeysNotOpened),
)
async def get_proof(session: RequestSession, sight: CurrentSight, member: str) -> ProofOut:
    """A proof of what a member's accounts were when the newest root was signed. It names nobody else."""
    proof = await proofs.make_proof(session, await members.get_id(session, member, sight))
    return ProofOut(**proof.model_dump())


def _verification(one: Verification, language: Language) -> VerificationOut:
    return VerificationOut(
        id=one.verification_id,
        state=one.state,
        started_by=one.started_by,
        started_at=one.started_at,
        finished_at=one.finished_at,
        accounts=one.accounts,
        entries=one.entries,
        wrong=None if one.wrong is None else _wrong(one.wrong, language),
    )


def _wrong(wrong: Wrong, language: Language) -> WrongOut:
    return WrongOut(
        table=wrong.table,
        member_id=wrong.member_id,
        currency=wrong.currency,
        row=WrongRowOut.model_validate(wrong.row),
        what=wrong.what.pick(language),
    )


def _root(root: Root) -> RootOut:
    return RootOut(
        id=root.root_id,
        made_at=root.made_at,
        accounts=root.accounts,
        entries=root.entries,
        hash=root.hash.hex(),
        key_id=root.key_id,
        statement=root.statement.decode(),
        signature=root.signature.hex(),
    )


def _balance(one: CurrencyBalance) -> CurrencyBalanceOut:
    return CurrencyBalanceOut(
        currency=one.currency,
        members=one.members,
        sides=[SideOut(side=side, amount=amount) for side, amount in one.sides.items()],
        liabilities=one.liabilities,
        lots=one.lots,
        difference=one.difference,
        ok=one.ok,
    )
