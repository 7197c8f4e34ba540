"""Settings: one typed object, from the environment (`SHUKE_…`) and a `.env` file. Each says what it is for."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

from shuke.platform.zones import time_zone

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(time_zone)]
REPOSITORY = Path(__file__).resolve().parents[4]


class Settings(BaseSettings):
    """Everything an installation can choose. The reference page is generated from this class."""

    model_config = SettingsConfigDict(env_prefix="SHUKE_", env_file=".env", extra="ignore")

    data_directory: Path = Field(
        default=REPOSITORY / ".shuke", description="Where the embedded database, uploads, keys and logs live."
    )
    database_url: str | None = Field(
        default=None,
        description="PostgreSQL 15+ as the application role, e.g. postgresql://shuke_app:…@host/shuke. "
        "Left out: the embedded database under the data directory.",
    )
    database_owner_url: str | None = Field(
        default=None, description="The same database as the role that owns the tables; used by migrations only."
    )
    database_pool_size: int = Field(default=16, ge=2, le=200, description="Connections per web process.")
    database_memory_mb: int = Field(
        default=1024, ge=128, description="Memory the embedded database may use for its caches, in MB."
    )
    demo_day: date = Field(
        default=date(2011, 12, 11),
        description="The day on which Online Retail opens, 2010-12-02 to 2011-12-11; orders after it come when the "
        "demo's clock is moved on (`shuke demo time`).",
    )
    demo_members: int = Field(
        default=20_000, ge=1, le=200_000, description="How many members the generated demonstration has."
    )
    backup_directory: Path | None = Field(
        default=None,
        description="Where backups lie, best on another disk. Left out: `backups` under the data directory.",
    )
    backup_nightly: bool = Field(
        default=True,
        description="Make a backup every night and a drill every week. Switch off where the server's own tools do.",
    )
    backup_keep_days: int = Field(default=30, ge=1, description="How long data backups are kept, in days.")
    backup_keep_count: int = Field(
        default=7, ge=1, description="So many of the newest data backups are kept whatever their age."
    )
    backup_max_age_hours: int = Field(
        default=26, ge=1, description="A drill fails when the newest data backup is older than this, in hours."
    )
    backup_wal: bool = Field(
        default=False,
        description="Let the embedded database keep its write-ahead log beside the backups, so that any minute of the "
        "last seven days can be restored.",
    )
    host: str = Field(default="127.0.0.1", description="Address the web server listens on.")
    port: int = Field(default=8420, ge=1, le=65535, description="Port the web server listens on.")
    key_directory: Path | None = Field(
        default=None, description="Where the key-encryption key lives. Left out: `keys` under the data directory."
    )
    cipher: Literal["aes-256-gcm", "sm4-gcm"] = Field(
        default="aes-256-gcm",
        description="What personal data are sealed with from now on; what the other one sealed stays readable.",
    )
    member_key_days: int | None = Field(
        default=None, ge=1, description="Renew the data key of a member after so many days. Left out: only when asked."
    )
    language: str = Field(default="zh", pattern="^(zh|en)$", description="Language where a caller names none.")
    shop_currency: Currency | None = Field(
        default=None,
        description="What a new shop keeps its books in, e.g. EUR; CNY where it is left out. Never changed later.",
    )
    shop_time_zone: TimeZone | None = Field(
        default=None,
        description="Where a new shop is, e.g. Europe/Berlin; Asia/Shanghai where it is left out. Never changed later.",
    )
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$", description="How much is logged.")
    log_format: str = Field(default="auto", pattern="^(auto|json|text)$", description="auto: text on a terminal.")
    upload_max_mb: int = Field(default=512, ge=1, description="Largest file that can be uploaded, in MB.")
    rate_limit_staff: int = Field(
        default=30_000, ge=1, description="Requests a minute of one staff user, per web process; a burst of as many."
    )
    rate_limit_key: int = Field(
        default=30_000, ge=1, description="Requests a minute of one API key that has no limit of its own."
    )
    rate_limit_address: int = Field(
        default=1_200, ge=1, description="Requests a minute of one address that has not signed in."
    )
    coupon_rush_sessions: int = Field(
        default=4,
        ge=1,
        le=64,
        description="Database sessions that claims of one coupon in a rush may use, per web process. More is slower.",
    )
    export_approval_rows: int = Field(
        default=20_000, ge=0, description="Exports with more rows than this wait until a second person approves them."
    )
    unmask_per_day: int = Field(
        default=200, ge=0, description="How many members one staff user may look at in full within 24 hours."
    )
    secure_cookies: bool = Field(
        default=False, description="Send the session cookie over HTTPS only. Switch on behind TLS."
    )

    @property
    def keys(self) -> Path:
        """The directory of the key-encryption key."""
        return self.key_directory or self.data_directory / "keys"

    @property
    def uploads(self) -> Path:
        """The directory of uploaded files that wait to be imported."""
        return self.data_directory / "uploads"

    @property
    def backups(self) -> Path:
        """The directory of the backups."""
        return self.backup_directory or self.data_directory / "backups"


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
