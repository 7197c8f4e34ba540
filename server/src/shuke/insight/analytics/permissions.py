"""Rights over analytics."""

from shuke.platform.module import Permission

ANALYTICS_READ = Permission(code="analytics.read", zh="查看经营分析", en="See figures and analyses")
