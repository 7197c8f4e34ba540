"""Rights over staff users."""

from shuke.platform.module import Permission

STAFF_READ = Permission(code="staff.read", zh="查看后台账号与角色", en="See staff users and roles")
STAFF_WRITE = Permission(code="staff.write", zh="新建、修改、停用后台账号", en="Add, change and disable staff users")
STAFF_ROLES = Permission(code="staff.roles", zh="新建和修改角色", en="Add and change roles")
STAFF_SECURITY = Permission(
    code="staff.security", zh="设置密码策略、两步验证和统一登录", en="Set password policy, second factors and providers"
)
STAFF_DELEGATE = Permission(
    code="staff.delegate",
    zh="授予自己没有的业务权限（安全管理员）",
    en="Give business permissions without holding them (security administrator)",
)
APPROVALS_READ = Permission(code="approvals.read", zh="查看待审批事项", en="See what waits for approval")
APPROVALS_DECIDE = Permission(code="approvals.decide", zh="审批大额和批量操作", en="Decide about large acts")
