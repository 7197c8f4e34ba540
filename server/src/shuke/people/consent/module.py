"""What consent plugs into the house."""

from shuke.platform.module import Module

MODULE = Module(name="consent")
