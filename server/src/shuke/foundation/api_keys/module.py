"""What keys for programs plug into the house."""

from shuke.platform.module import Module

MODULE = Module(name="api_keys")
