"""The rights that members ask for."""

from shuke.platform.module import Permission

READ = Permission(code="members.read", zh="查看会员", en="See members")
WRITE = Permission(code="members.write", zh="登记和修改会员", en="Sign up and change members")
UNMASK = Permission(
    code="members.unmask", zh="查看会员完整信息（留痕）", en="See members' personal data in full (audited)"
)

MERGE = Permission(code="members.merge", zh="合并会员、撤销合并", en="Merge members and undo merges")
STATUS = Permission(code="members.status", zh="冻结、注销、恢复会员", en="Freeze, cancel and restore members")
ATTRIBUTE = Permission(
    code="members.attribute", zh="改会员归属、交接离职员工的会员", en="Say whose members are whose, and hand them over"
)

PERMISSIONS = (READ, WRITE, UNMASK, MERGE, STATUS, ATTRIBUTE)
