"""Rights over the ledger."""

from shuke.platform.module import Permission

POINTS_READ = Permission(code="points.read", zh="查看积分与成长值", en="See points and growth")
