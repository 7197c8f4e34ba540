"""Rights over activities."""

from shuke.platform.module import Permission

ACTIVITIES_READ = Permission(code="activities.read", zh="查看会员行为", en="See activities of members")
ACTIVITIES_WRITE = Permission(code="activities.write", zh="上报会员行为", en="Send activities of members")
ACTIVITIES_CANCEL = Permission(
    code="activities.cancel", zh="撤销会员行为并收回奖励", en="Cancel activities and take back what they earned"
)
