"""What others ask before they promise a coupon."""

from shuke.platform.db import Session

from ..promises import find_templates


async def is_given_out(session: Session, template: str) -> bool:
    """Whether there is a template of this code that is published and given out now."""
    found = (await find_templates(session, [template])).get(template)
    return found is not None and found.state == "published" and found.promise is not None
