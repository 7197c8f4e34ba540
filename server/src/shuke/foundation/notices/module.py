"""What notices plug into the house."""

from shuke.platform.module import Module

MODULE = Module(name="notices")
