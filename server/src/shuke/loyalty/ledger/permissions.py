"""Rights over the ledger."""

from shuke.platform.module import Permission

POINTS_READ = Permission(code="points.read", zh="查看积分与成长值", en="See points and growth")
POINTS_OPERATE = Permission(code="points.operate", zh="发放、使用、冻结积分", en="Give, use and hold points")
POINTS_ADJUST = Permission(code="points.adjust", zh="人工调整积分", en="Adjust points by hand")
POINTS_APPROVE = Permission(code="points.approve", zh="复核大额调整", en="Approve large adjustments")
POINTS_MERGE = Permission(code="points.merge", zh="合并两位会员的账户", en="Merge two members' accounts")
CURRENCIES_WRITE = Permission(code="currencies.write", zh="设置积分账户规则", en="Configure currencies")
