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


class Stopping(AppError):
    """The program has been asked to stop."""

    code = "system.stopping"
    status = 503
    title = {"zh": "程序正在停止", "en": "Stopping"}
    detail = {
        "zh": "程序正在停止，不再接受新的工作。请稍后重试。",
        "en": "The program is stopping and takes no new work. Try again shortly.",
    }
    headers = {"Retry-After": "5"}


class DatabaseUnreachable(AppError):
    """The database does not answer."""

    code = "system.database_unreachable"
    status = 503
    title = {"zh": "数据库无响应", "en": "Database unreachable"}
    detail = {
        "zh": "数据库没有响应。请运行 shuke doctor 查看原因。",
        "en": "The database does not answer. Run shuke doctor to see why.",
    }
    headers = {"Retry-After": "5"}


class SchemaNotCurrent(AppError):
    """The schema is not the one that this program knows."""

    code = "system.schema_not_current"
    status = 503
    title = {"zh": "数据库结构不是最新", "en": "Schema not current"}
    detail = {
        "zh": "数据库结构与程序不一致。请运行 shuke migrate。",
        "en": "The schema is another one. Run shuke migrate.",
    }
    headers = {"Retry-After": "60"}


@router.get("/livez", dependencies=[public()])
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/readyz", dependencies=[public()], responses=declares(Stopping, DatabaseUnreachable, SchemaNotCurrent))
async def ready(request: Request) -> dict[str, str]:
    """The database answers, its schema is the one that this program knows, and nobody has asked us to stop."""
    if getattr(request.app.state, "is_stopping", False):
        raise Stopping
    try:
        async with request.app.state.database.transaction() as session:
            is_current = await migrate.is_current(session)
    except (OSError, SQLAlchemyError):
        raise DatabaseUnreachable from None
    if not is_current:
        raise SchemaNotCurrent
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
