"""The right that acts on many members ask for, beside that of what is done."""

from shuke.platform.module import Permission

BULK = Permission(code="members.bulk", zh="批量操作会员", en="Act on many members at once")
