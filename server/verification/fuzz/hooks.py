"""Half of all requests name members and currencies that exist: else nothing behind the first refusal would be tried."""

from typing import Any
from zlib import crc32

import schemathesis

MEMBERS = 5
_NAMES = ("member", "from_member", "to_member", "into_member")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: Any) -> None:
    """Put known names in place of made-up ones, by the content of the request, so that a run can be repeated."""
    del context, kwargs
    mark = crc32(repr((case.operation.label, case.body, case.path_parameters)).encode())
    if mark % 2:
        return
    for place in (case.body, case.path_parameters):
        if isinstance(place, dict):
            _name_known(place, mark)
            for item in place.get("items", ()) if isinstance(place.get("items"), list) else ():
                if isinstance(item, dict):
                    _name_known(item, mark)


def _name_known(place: dict[str, Any], mark: int) -> None:
    for shift, name in enumerate(_NAMES):
        if name in place:
            place[name] = str((mark >> shift * 4) % MEMBERS + 1)
    if "currency" in place:
        place["currency"] = "points"
