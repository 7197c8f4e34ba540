"""Rights over duplicates. Whoever may merge members may also say that two are not one."""

from shuke.platform.module import Permission

READ = Permission(code="duplicates.read", zh="查看疑似重复的会员", en="See members who may be one person")
SEARCH = Permission(code="duplicates.search", zh="立即查找疑似重复的会员", en="Search for duplicates now")
CONFIGURE = Permission(
    code="duplicates.configure", zh="设置自动合并的规则", en="Set the policy of merging automatically"
)
# Declared by members.
MERGE = "members.merge"

PERMISSIONS = (READ, SEARCH, CONFIGURE)
