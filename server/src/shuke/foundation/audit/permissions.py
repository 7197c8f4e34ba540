"""Rights over the audit trail."""

from shuke.platform.module import Permission

AUDIT_READ = Permission(code="audit.read", zh="查看操作日志", en="Read the audit trail")
AUDIT_WRITE = Permission(
    code="audit.write", zh="校验操作日志、设置保留期限", en="Verify the audit trail and set how long it is kept"
)
AUDIT_UNMASK = Permission(
    code="audit.unmask", zh="查看操作日志里的个人信息", en="See personal values in the audit trail"
)
