"""The rights that exports ask for."""

from shuke.platform.module import Permission

WRITE = Permission(code="exports.write", zh="导出列表（留痕）", en="Export lists (audited)")
MANAGE = Permission(
    code="exports.manage", zh="查看所有人的导出、审批大量导出", en="See all exports, approve large ones"
)

PERMISSIONS = (WRITE, MANAGE)
