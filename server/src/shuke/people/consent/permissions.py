"""The rights that consent asks for."""

from shuke.platform.module import Permission

READ = Permission(code="consents.read", zh="查看同意记录与告知书", en="See consents and notices")
WRITE = Permission(code="consents.write", zh="登记会员的同意与撤回", en="Record members' consents and withdrawals")
PUBLISH = Permission(code="notices.publish", zh="设置处理目的、发布告知书", en="Set purposes and publish notices")

PERMISSIONS = (READ, WRITE, PUBLISH)
