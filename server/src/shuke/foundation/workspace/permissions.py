"""The right that looking after shared views asks for. Views of one's own need none."""

from shuke.platform.module import Permission

VIEWS_SHARE = Permission(code="views.share", zh="共享和整理列表视图", en="Share and look after list views")

PERMISSIONS = (VIEWS_SHARE,)
