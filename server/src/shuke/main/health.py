"""Whether the program lives, is ready for work, and what it measures."""

from ipaddress import ip_address

from fastapi import Request, Response
from sqlalchemy.exc import SQLAlchemyError

from shuke.platform import metrics, migrate
from shuke.platform.errors import AppError
from shuke.platform.http import Router, declares, public, require_permission
from shuke.platform.module import Module, Permission

METRICS = Permission(code="system.metrics", zh="查看运行指标", en="See measurements")

router = Router(tags=["system"])


class NotReady(AppError):
    """The program runs, and cannot serve just now."""

    code = "system.not_ready"
    status = 503
    title = {"zh": "尚未就绪", "en": "Not ready"}
    detail = {"zh": "{reason_zh}", "en": "{reason_en}"}
    headers = {"Retry-After": "5"}


@router.get("/livez", dependencies=[public()])
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz", dependencies=[public()], responses=declares(NotReady))
async def ready(request: Request) -> dict[str, str]:
    """The database answers, its schema is the one that this program knows, and nobody has asked us to stop."""
    if getattr(request.app.state, "is_stopping", False):
        raise NotReady(reason_zh="程序正在停止。", reason_en="The program is stopping.")
    try:
        async with request.app.state.database.transaction() as session:
            is_current = await migrate.is_current(session)
    except (OSError, SQLAlchemyError):
        raise NotReady(reason_zh="数据库没有响应。", reason_en="The database does not answer.") from None
    if not is_current:
        raise NotReady(
            reason_zh="数据库结构不是最新。请运行 shuke migrate。",
            reason_en="The schema is not current. Run shuke migrate.",
        )
    return {"status": "ready"}


@router.get("/metrics", dependencies=[public()], include_in_schema=False)
async def measurements(request: Request) -> Response:
    """Measurements for Prometheus: open to this machine, elsewhere to who may see them."""
    if not _is_local(request):
        await require_permission(request, METRICS.code)
    return Response(metrics.exposition(request.app.state.database), media_type="text/plain; version=0.0.4")


def _is_local(request: Request) -> bool:
    # Behind a proxy on this machine everybody would look local.
    if request.client is None or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False


MODULE = Module(name="health", router=router, permissions=(METRICS,))
