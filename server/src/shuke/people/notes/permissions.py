"""What notes let people do."""

from shuke.platform.module import Permission

READ = Permission(code="notes.read", zh="查看会员备注与跟进", en="See notes and follow-ups of members")
WRITE = Permission(code="notes.write", zh="写会员备注、安排跟进", en="Write notes and arrange follow-ups")
MANAGE = Permission(
    code="notes.manage", zh="修改和删除他人写的备注与跟进", en="Change and delete notes and follow-ups of others"
)

PERMISSIONS = (READ, WRITE, MANAGE)
