"""What no address accepts: NUL, lone surrogates, numbers beyond 64 bits or not finite, bottomless nesting."""

import math
import re
from typing import Any

from fastapi import Request

from shuke.platform.errors import FieldError
from shuke.platform.problems import RequestInvalid

MAX_DEPTH = 32
_LARGEST = 2**63 - 1
_LONG_NUMBER = re.compile(r"[+-]?[0-9]{19,}")


async def require_storable(request: Request) -> None:
    """Refuse what the database could not store, before anything looks at it. Raises RequestInvalid."""
    for name, value in request.path_params.items():
        _check_text(f"/path/{name}", str(value))
    for name, value in request.query_params.multi_items():
        _check_text(f"/query/{name}", value)
        _check_text("/query", name)
    content_type = request.headers.get("content-type", "")
    if "json" in content_type.partition(";")[0]:
        _check_value(await _json_of(request), "", 0)


async def _json_of(request: Request) -> Any:
    if not await request.body():
        return None
    try:
        return await request.json()
    except (ValueError, RecursionError):
        # Not JSON, not UTF-8, a number of thousands of digits, or nested too deeply to read.
        raise RequestInvalid(
            fields=(FieldError("", "This is not valid JSON in UTF-8. 不是有效的 UTF-8 JSON。"),)
        ) from None


def _check_text(pointer: str, text: str) -> None:
    _check_string(pointer, text)
    if _LONG_NUMBER.fullmatch(text) and not -_LARGEST - 1 <= int(text[:40]) <= _LARGEST:
        raise _refusal(pointer, "The number is beyond 64 bits. 数字超出 64 位范围。")


def _check_value(value: Any, pointer: str, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise _refusal(pointer, f"Nested more than {MAX_DEPTH} deep. 嵌套超过 {MAX_DEPTH} 层。")
    if isinstance(value, str):
        _check_string(pointer, value)
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        if not -_LARGEST - 1 <= value <= _LARGEST:
            raise _refusal(pointer, "The number is beyond 64 bits. 数字超出 64 位范围。")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise _refusal(pointer, "The number is not finite. 数字不是有限值。")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_string(pointer, key)
            _check_value(item, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}", depth + 1)
    elif isinstance(value, list):
        for place, item in enumerate(value):
            _check_value(item, f"{pointer}/{place}", depth + 1)


def _check_string(pointer: str, text: str) -> None:
    if "\x00" in text:
        raise _refusal(pointer, "A NUL character cannot be stored. 不能包含 NUL 字符。")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _refusal(pointer, "Half of a surrogate pair is no character. 含有不成对的代理字符。") from None


def _refusal(pointer: str, detail: str) -> RequestInvalid:
    printable = pointer.encode("utf-8", "replace").decode().replace("\x00", "\\0")
    return RequestInvalid(fields=(FieldError(printable, detail),))
