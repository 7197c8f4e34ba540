"""Exchanging the demonstration over HTTP."""

from shuke.foundation import organization
from shuke.platform.http import RequestLanguage, RequestSession, Router, allowed, declares
from shuke.platform.i18n import Language

from . import shops, switching
from .choosing import Beginning
from .errors import NotConfirmed, NotEmbedded, NotFromHere, ShopIsReal, SwitchRunning
from .permissions import DEMO_SWITCH
from .schemas import DemoOut, DemoSwitchIn

router = Router(tags=["demo"])


@router.get("/v1/demo", dependencies=[allowed(DEMO_SWITCH)])
async def get_demo(session: RequestSession, language: RequestLanguage) -> DemoOut:
    """Which shop this is, whether it can be exchanged for another, and how far that is."""
    return await _shown(session, language)


@router.post(
    "/v1/demo/switch",
    status_code=202,
    dependencies=[allowed(DEMO_SWITCH)],
    responses=declares(ShopIsReal, NotEmbedded, NotFromHere, SwitchRunning, NotConfirmed),
)
async def post_switch(session: RequestSession, language: RequestLanguage, body: DemoSwitchIn) -> DemoOut:
    """Prepare another shop beside this one; when it is ready the program starts again with it. Everything in this one
    is deleted then, except those who sign in.
    """
    refusal = await shops.why_not(session)
    if refusal is not None:
        raise refusal
    shop = await organization.get_shop(session)
    if body.confirm.strip() not in {shop.name.zh, shop.name.en}:
        raise NotConfirmed(name=shop.name)
    switching.here().start(body.to, Beginning(body.currency, body.time_zone))
    return await _shown(session, language)


async def _shown(session: RequestSession, language: Language) -> DemoOut:
    refusal = await shops.why_not(session)
    now = switching.standing()
    return DemoOut(
        present=await shops.present_of(session),
        shop=(await organization.get_shop(session)).name,
        state=now.state,
        wanted=now.wanted,
        done=now.done,
        total=now.total,
        why_not=None if refusal is None else refusal.say(language),
    )
