"""Rights over staff users."""

from shuke.platform.module import Permission

STAFF_READ = Permission(code="staff.read", zh="查看员工账号", en="See staff users")
