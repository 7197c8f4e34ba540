"""Refusals as problem+json (RFC 9457): coded, in the caller's language, never with a look inside."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import orjson
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from shuke.platform import trace
from shuke.platform.db import is_contention, sqlstate
from shuke.platform.errors import AppError, FieldError
from shuke.platform.i18n import TAGS, Language, choose_language
from shuke.platform.settings import settings

MEDIA_TYPE = "application/problem+json"
ERROR_PAGE = "/docs/errors"


class ProblemField(BaseModel):
    """One wrong field of a request."""

    pointer: str = Field(description="JSON pointer into the body; `/query/…` and `/path/…` for what the address says.")
    detail: str


class Problem(BaseModel):
    """Why a request was refused and what to do (RFC 9457)."""

    type: str = Field(description="Address of the error's description.")
    code: str = Field(description="Stable code, such as `request.invalid`.")
    title: str
    detail: str = Field(description="What to do, in the caller's language.")
    status: int
    errors: list[ProblemField]
    trace_id: str


class RequestInvalid(AppError):
    """The request has not the shape that this address wants."""

    code = "request.invalid"
    title = {"zh": "请求内容有误", "en": "Invalid request"}
    detail = {
        "zh": "请按 errors 中的说明改正后重试。",
        "en": "Correct what `errors` names, then send the request again.",
    }


class RouteNotFound(AppError):
    """There is nothing at this address."""

    code = "request.not_found"
    status = 404
    title = {"zh": "地址不存在", "en": "No such address"}
    detail = {"zh": "这个地址不存在。请对照 /docs 检查路径。", "en": "Nothing is here. Compare the path with /docs."}


class MethodNotAllowed(AppError):
    """The address exists, but not for this method."""

    code = "request.method_not_allowed"
    status = 405
    title = {"zh": "方法不允许", "en": "Method not allowed"}
    detail = {
        "zh": "这个地址不支持该方法。请对照 /docs 检查。",
        "en": "This address does not take that method. Compare it with /docs.",
    }


class Busy(AppError):
    """Someone else is changing the same records, or the database is at its limit just now."""

    code = "request.busy"
    status = 409
    title = {"zh": "正在被占用", "en": "Busy"}
    detail = {
        "zh": "同一记录正在被修改，本次没有写入任何内容。请稍后原样重试。",
        "en": "Someone else is changing the same records; nothing was written. Send the same request again shortly.",
    }
    headers = {"Retry-After": "1"}


class Overloaded(AppError):
    """No database connection came free in time, or a statement took too long."""

    code = "request.overloaded"
    status = 503
    title = {"zh": "系统繁忙", "en": "Overloaded"}
    detail = {
        "zh": "系统正忙或数据库刚刚中断。请几秒后用同一个幂等键原样重试：已写入的不会重复。",
        "en": "The system is busy, or its database was interrupted. Send the same again with the same key in a few "
        "seconds: what was written is not done twice.",
    }
    headers = {"Retry-After": "5"}


class BodyTooLarge(AppError):
    """The body is larger than this address takes."""

    code = "request.too_large"
    status = 413
    title = {"zh": "请求过大", "en": "Request too large"}
    detail = {
        "zh": "请求内容超过上限（{limit_mb} MB）。请拆分后再发送，或使用导入功能。",
        "en": "The body is over the limit of {limit_mb} MB. Send it in parts, or use an import.",
    }


class InternalError(AppError):
    """Our own fault. The log has the details under the trace id."""

    code = "request.internal_error"
    status = 500
    title = {"zh": "内部错误", "en": "Internal error"}
    detail = {
        "zh": "系统内部出错。请把 trace_id 告诉管理员；用同一个幂等键重试不会重复写入。",
        "en": "Something went wrong inside. Give the trace_id to your administrator. Sending the same again with its "
        "key does nothing twice.",
    }


_TOO_SLOW_STATES = {"57014", "53300", "57P03"}


def language_of(request: Request) -> Language:
    """The language that the caller wants."""
    default: Language = "zh" if settings().language == "zh" else "en"
    return choose_language(request.headers.get("accept-language"), default)


def problem_body(error: AppError, language: Language) -> dict[str, Any]:
    """A refusal as the object that problem+json describes."""
    return {
        "type": f"{ERROR_PAGE}#{error.code}",
        "code": error.code,
        "title": error.title[language],
        "detail": error.say(language),
        "status": error.status,
        "errors": [{"pointer": field.pointer, "detail": field.detail} for field in error.fields],
        "trace_id": trace.current(),
    }


def problem(error: AppError, language: Language) -> Response:
    """The answer that tells a refusal."""
    headers = {"Content-Language": TAGS[language], **error.headers, **_extra_headers(error)}
    body = orjson.dumps(problem_body(error, language))
    return Response(body, status_code=error.status, headers=headers, media_type=MEDIA_TYPE)


def from_database(error: BaseException) -> AppError | None:
    """The refusal that a database error means: busy, overloaded, or a value that cannot be. None: our own fault."""
    if isinstance(error, PoolTimeout):
        return Overloaded()
    if is_contention(error):
        return Busy()
    state = sqlstate(error)
    if state in _TOO_SLOW_STATES or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return Overloaded()
    cause = error.orig.__cause__ if isinstance(error, DBAPIError) and error.orig else error
    # Class 22, or the driver before sending: a number or text that no column of that kind can hold.
    if (state or "").startswith("22") or isinstance(cause, asyncpg.exceptions.DataError):
        return RequestInvalid()
    return None


def from_framework(error: HTTPException) -> AppError:
    """The refusal that the web framework meant."""
    if error.status_code == 404:
        return RouteNotFound()
    if error.status_code == 405:
        return MethodNotAllowed()
    if error.status_code == 413:
        return BodyTooLarge(limit_mb=error.detail)
    return RequestInvalid(fields=(FieldError("", str(error.detail)),))


def from_validation(error: RequestValidationError, language: Language) -> RequestInvalid:
    """The refusal with a pointer for each wrong field."""
    return RequestInvalid(fields=tuple(_field(item, language) for item in error.errors()[:50]))


def _field(item: Mapping[str, Any], language: Language) -> FieldError:
    place: Sequence[Any] = item["loc"]
    # Body fields get a JSON pointer into the body; others say where they stand: /query/limit, /path/id.
    steps = place[1:] if place and place[0] == "body" else place
    if item["type"] == "json_invalid":
        steps = ()
    pointer = "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
    return FieldError(pointer, _sentence(item, language))


def _sentence(item: Mapping[str, Any], language: Language) -> str:
    if language == "zh" and (known := _CHINESE.get(item["type"])):
        return known.format_map(_Context(item.get("ctx") or {}))
    return str(item["msg"]).removeprefix("Value error, ")


class _Context(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


_CHINESE = {
    "missing": "必填。",
    "json_invalid": "不是有效的 JSON。",
    "string_type": "应为文本。",
    "string_too_short": "至少 {min_length} 个字符。",
    "string_too_long": "最多 {max_length} 个字符。",
    "string_pattern_mismatch": "格式不符：{pattern}",
    "int_type": "应为整数。",
    "int_parsing": "应为整数。",
    "int_from_float": "应为整数，不能带小数。",
    "bool_parsing": "应为 true 或 false。",
    "bool_type": "应为 true 或 false。",
    "decimal_parsing": "应为数字。",
    "date_from_datetime_parsing": "应为日期，如 2026-11-22。",
    "date_parsing": "应为日期，如 2026-11-22。",
    "datetime_from_date_parsing": "应为带时区的时间，如 2026-11-22T10:00:00+08:00。",
    "datetime_parsing": "应为带时区的时间，如 2026-11-22T10:00:00+08:00。",
    "timezone_aware": "时间必须带时区，如 +08:00。",
    "greater_than": "必须大于 {gt}。",
    "greater_than_equal": "不能小于 {ge}。",
    "less_than": "必须小于 {lt}。",
    "less_than_equal": "不能大于 {le}。",
    "literal_error": "只能是：{expected}",
    "enum": "只能是：{expected}",
    "extra_forbidden": "没有这个字段，请删除。",
    "list_type": "应为列表。",
    "dict_type": "应为对象。",
    "model_attributes_type": "应为对象。",
    "too_long": "最多 {max_length} 项。",
    "too_short": "至少 {min_length} 项。",
}


def _extra_headers(error: AppError) -> dict[str, str]:
    # An error may know when to come back: raised with retry_after=<seconds>.
    seconds = error.values.get("retry_after")
    return {"Retry-After": str(seconds)} if isinstance(seconds, int) else {}
