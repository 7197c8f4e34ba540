"""What exports of lists plug into the house."""

from shuke.platform.module import Module

MODULE = Module(name="exports")
