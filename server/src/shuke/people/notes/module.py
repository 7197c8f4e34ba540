"""What notes plug into the house."""

from shuke.platform.module import Module

MODULE = Module(name="notes")
