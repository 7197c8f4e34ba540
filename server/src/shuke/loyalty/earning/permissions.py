"""The rights that earning rules ask for."""

from shuke.platform.module import Permission

READ = Permission(code="earning-rules.read", zh="查看积分规则", en="See earning rules")
WRITE = Permission(code="earning-rules.write", zh="起草和试算积分规则", en="Draft and try earning rules")
PUBLISH = Permission(code="earning-rules.publish", zh="发布、停用积分规则", en="Publish and retire earning rules")

PERMISSIONS = (READ, WRITE, PUBLISH)
