"""The rights that imports of members ask for."""

from shuke.platform.module import Permission

READ = Permission(code="member_imports.read", zh="查看会员导入记录", en="See imports of members")
WRITE = Permission(code="member_imports.write", zh="导入会员、撤销导入", en="Import members, and undo imports")
# The rows handed back hold people's data as it stood in the file.
FILES = Permission(
    code="member_imports.files", zh="下载会员导入的退回行（留痕）", en="Download rows handed back by imports (audited)"
)

PERMISSIONS = (READ, WRITE, FILES)
