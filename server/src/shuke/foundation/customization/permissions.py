"""Rights over custom fields. What fields there are, everybody who is signed in may know."""

from shuke.platform.module import Permission

WRITE = Permission(code="custom-fields.write", zh="增改自定义字段", en="Add and change custom fields")

PERMISSIONS = (WRITE,)
