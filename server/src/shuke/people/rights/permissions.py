"""The rights that requests of members ask for."""

from shuke.platform.module import Permission

READ = Permission(code="requests.read", zh="查看会员的权利请求与保存期限", en="See members' requests and retention")
WRITE = Permission(code="requests.write", zh="受理和处理会员的权利请求", en="Take and work on members' requests")
COPY = Permission(
    code="requests.copy", zh="制作和下载会员的完整资料（留痕）", en="Make and download members' full data (audited)"
)
ERASE = Permission(code="requests.erase", zh="删除会员个人信息", en="Erase members' personal data")
SETTINGS = Permission(
    code="requests.configure", zh="设置办理时限、节假日、保全", en="Set time limits, holidays and holds"
)

PERMISSIONS = (READ, WRITE, COPY, ERASE, SETTINGS)
