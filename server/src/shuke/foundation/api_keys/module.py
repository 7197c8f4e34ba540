"""What keys for programs plug into the house."""

from shuke.foundation import audit
from shuke.platform.audit import ActionWords, FieldWords, ObjectWords
from shuke.platform.keys import WrappedColumn
from shuke.platform.module import Module, Schedule

from .jobs import forget_nonces
from .permissions import API_KEYS_READ, API_KEYS_WRITE
from .queries import names, secret_context
from .routes import AUTHENTICATOR, router
from .tables import api_key_secret

_WORDS = (
    ActionWords(action="POST /v1/api-keys", zh="{actor} 创建了 {object}", en="{actor} made {object}"),
    ActionWords(
        action="PATCH /v1/api-keys/{key}", zh="{actor} 修改了 {object}{fields}", en="{actor} changed {object}{fields}"
    ),
    ActionWords(
        action="POST /v1/api-keys/{key}/secrets",
        zh="{actor} 轮换了 {object} 的密钥内容",
        en="{actor} gave {object} a new secret",
    ),
    ActionWords(action="POST /v1/api-keys/{key}/disable", zh="{actor} 停用了 {object}", en="{actor} disabled {object}"),
    ActionWords(action="POST /v1/api-keys/{key}/enable", zh="{actor} 启用了 {object}", en="{actor} enabled {object}"),
    ObjectWords(kind="api-keys", zh="API 密钥", en="API key"),
    FieldWords(field="scopes", zh="权限", en="permissions"),
    FieldWords(field="store_ids", zh="门店范围", en="stores"),
    FieldWords(field="addresses", zh="地址清单", en="addresses"),
    FieldWords(field="must_sign", zh="签名要求", en="signing"),
    FieldWords(field="requests_per_minute", zh="每分钟上限", en="limit a minute"),
    FieldWords(field="expires_at", zh="到期时间", en="expiry"),
)

MODULE = Module(
    name="api_keys",
    router=router,
    permissions=(API_KEYS_READ, API_KEYS_WRITE),
    schedules=(Schedule(name="api_keys.forget_nonces", cron="*/10 * * * *", run=forget_nonces),),
    contributions=(
        AUTHENTICATOR,
        audit.ActorNames(kind="api_key", names=names),
        WrappedColumn(
            table=api_key_secret,
            wrapped="wrapped_key",
            version="kek_version",
            context=lambda row: secret_context(row["secret_id"]),
        ),
        *_WORDS,
    ),
)
