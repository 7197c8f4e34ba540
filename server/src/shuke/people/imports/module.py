"""What imports of members plug into the house."""

from shuke.platform.module import Module

MODULE = Module(name="member_imports")
