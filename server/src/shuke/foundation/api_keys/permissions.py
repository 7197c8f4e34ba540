"""Rights over keys for programs."""

from shuke.platform.module import Permission

API_KEYS_READ = Permission(code="api_keys.read", zh="查看 API 密钥", en="See API keys")
API_KEYS_WRITE = Permission(code="api_keys.write", zh="创建和管理 API 密钥", en="Make and manage API keys")
