"""Rights over benefits."""

from shuke.platform.module import Permission

BENEFITS_READ = Permission(code="benefits.read", zh="查看权益", en="See benefits")
BENEFITS_WRITE = Permission(code="benefits.write", zh="设置权益", en="Set up benefits")
BENEFITS_USE = Permission(code="benefits.use", zh="核销会员权益", en="Hand over members' benefits")
BENEFITS_GRANT = Permission(code="benefits.grant", zh="发放和收回会员权益", en="Grant and revoke members' benefits")

PERMISSIONS = (BENEFITS_READ, BENEFITS_WRITE, BENEFITS_USE, BENEFITS_GRANT)
