"""Settings of the office, all from the environment: docs/reference/settings.md tells each."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

import dj_database_url

from duixian.office.refusal import Refusal


def _text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def _number(name: str, default: int, least: int = 0) -> int:
    text = _text(name) or str(default)
    if not text.isdecimal() or int(text) < least:
        raise _wrong(name, text, f"应为不小于 {least} 的整数")
    return int(text)


def _choice(name: str, default: str, others: tuple[str, ...]) -> str:
    text = _text(name, default).lower()
    if text not in (default, *others):
        raise _wrong(name, text, f"应为 {' 或 '.join((default, *others))}")
    return text


def _wrong(name: str, text: str, why: str) -> Refusal:
    return Refusal("setting-wrong", f"设置 {name} 写作“{text}”", why=why, fix=f"请改正或删去环境变量 {name}")


def _is_on(name: str) -> bool:
    return _text(name).lower() in ("1", "true", "yes", "on")


def _secret_key(home: Path) -> str:
    """The key from the environment, else one made once and kept, readable by its owner alone."""
    given = _text("DUIXIAN_SECRET_KEY")
    if given:
        return given
    kept = home / "secret_key"
    if not kept.exists():
        _make_key(kept)
    return kept.read_text()


def _make_key(kept: Path) -> None:
    """Written beside its place and linked there: whole or not at all, and of two who begin at once both have the first one's."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = kept.with_name(f"secret_key.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(made, kept)
    finally:
        made.unlink(missing_ok=True)


def _database(url: str) -> dict[str, Any]:
    # Of a wrong address only what stands before the name and the password is shown.
    wrong = _wrong(
        "DATABASE_URL", f"{url.partition('://')[0]}://…", "应为 postgresql:// 或 sqlite:/// 开头的地址"
    )
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
    except ValueError:
        raise wrong from None
    if found["ENGINE"] == "django.db.backends.sqlite3":
        # Writers wait for each other from their first statement on; nothing is lost when the power goes.
        found["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    elif found["ENGINE"] == "django.db.backends.postgresql":
        found["ENGINE"] = "duixian.office.postgresql"
        # A connection that was cut without a farewell is given up within a minute and a half, not after hours.
        alive = {
            "keepalives_idle": 60,
            "keepalives_interval": 10,
            "keepalives_count": 3,
            "tcp_user_timeout": 90_000,
        }
        found["OPTIONS"] = {**alive, **found.get("OPTIONS", {})}
    else:
        raise wrong
    return found


HOME = Path(_text("DUIXIAN_HOME", "var")).absolute()
"""Where the office keeps its files, and its database when that is SQLite."""
CITY = Path(_text("DUIXIAN_CITY", "policies/lianyungang")).absolute()
"""The folder of the city whose policies run here."""
FILES = HOME / "files"
COPIES = HOME / "copies"
"""Where uploaded tables lie while they are read."""
COPIES.mkdir(parents=True, exist_ok=True)
TEMPLATES_OF_CITY = CITY / "templates"
"""Where a city puts its own forms of documents; what is absent there is taken from the office's own."""

NOTICE_WORKING_DAYS = _number("DUIXIAN_NOTICE_WORKING_DAYS", 5, 1)
PAY_WORKING_DAYS = _number("DUIXIAN_PAY_WORKING_DAYS", 60)
GUIDE_WORKING_DAYS = _number("DUIXIAN_GUIDE_WORKING_DAYS", 7)
ANSWER_WORKING_DAYS = _number("DUIXIAN_ANSWER_WORKING_DAYS", 10)
EXCLUSION_YEARS = _number("DUIXIAN_EXCLUSION_YEARS", 3)
EXCLUSION_KINDS = [each for each in _text("DUIXIAN_EXCLUSION_KINDS", "负面记录").split(",") if each]
"""The kinds of fact that are looked for within the window of exclusion: words of the city's vocabulary."""
SCORING_EXPERTS = _number("DUIXIAN_SCORING_EXPERTS", 3, 1)
"""How many experts score an application at least, where the text says 遴选."""
SCORING_PASS_MARK = _number("DUIXIAN_SCORING_PASS_MARK", 60)
"""The mean of points, 0 to 100, from which on a scored application may go on."""
MOST_FILE_BYTES = _number("DUIXIAN_MOST_FILE_BYTES", 50 * 1024 * 1024, 1)
PUBLIC_REQUESTS_PER_MINUTE = _number("DUIXIAN_PUBLIC_REQUESTS", 120)
"""How often one address may ask the public routes within a minute."""
PUBLIC_CALCULATIONS_PER_MINUTE = _number("DUIXIAN_PUBLIC_CALCULATIONS", 30)
"""How often one address may use the public calculator within a minute."""
SIGN_IN_REQUESTS_PER_MINUTE = _number("DUIXIAN_SIGN_INS", 30)
"""How often one address may try to sign in within a minute, whatever the names."""
AUDIT_ALGORITHM = _choice("DUIXIAN_AUDIT_HASH", "sha256", ("sm3",))
"""``sha256`` or ``sm3``."""

SECRET_KEY = _secret_key(HOME)
SECRET_KEY_FALLBACKS = [each for each in _text("DUIXIAN_FORMER_SECRET_KEYS").split(",") if each]
DEBUG = False
ALLOWED_HOSTS = _text("DUIXIAN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [each for each in _text("DUIXIAN_ORIGINS").split(",") if each]
IS_BEHIND_TLS = _is_on("DUIXIAN_TLS")
PROXIES = _number("DUIXIAN_PROXIES", 0)
"""How many proxies of our own stand before the office. Only their word is taken for who asks, and over what."""
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATABASES = {"default": _database(_text("DATABASE_URL") or f"sqlite:///{HOME / 'office.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "duixian.office.accounts.apps.OfficeAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "mozilla_django_oidc",
    "duixian.office.audit.apps.AuditConfig",
    "duixian.office.accounts.apps.AccountsConfig",
    "duixian.office.evidence.apps.EvidenceConfig",
    "duixian.office.registry.apps.RegistryConfig",
    "duixian.office.runs.apps.RunsConfig",
    "duixian.office.awards.apps.AwardsConfig",
    "duixian.office.treasury.apps.TreasuryConfig",
    "duixian.office.documents.apps.DocumentsConfig",
    "duixian.office.api.apps.ApiConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "duixian.office.urls"
WSGI_APPLICATION = "duixian.office.wsgi.application"
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS.append(
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": _number("DUIXIAN_PASSWORD_LENGTH", 10)},
    }
)
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = _number("DUIXIAN_LOGIN_FAILURES", 5)
AXES_COOLOFF_TIME = _number("DUIXIAN_LOGIN_WAIT_HOURS", 1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "duixian.office.accounts.client_address.address_of"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
OTP_TOTP_ISSUER = "兑现"
MOST_TOKEN_DAYS = _number("DUIXIAN_TOKEN_DAYS", 365)
SESSION_COOKIE_AGE = 3600 * _number("DUIXIAN_SESSION_HOURS", 8)
LOGIN_URL = LOGIN_REDIRECT_URL = LOGIN_REDIRECT_URL_FAILURE = LOGOUT_REDIRECT_URL = "/admin/"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_BEHIND_TLS
SECURE_SSL_REDIRECT = IS_BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_BEHIND_TLS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

OIDC_RP_CLIENT_ID = _text("DUIXIAN_OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = _text("DUIXIAN_OIDC_CLIENT_SECRET")
OIDC_OP_AUTHORIZATION_ENDPOINT = _text("DUIXIAN_OIDC_AUTHORIZATION_URL")
OIDC_OP_TOKEN_ENDPOINT = _text("DUIXIAN_OIDC_TOKEN_URL")
OIDC_OP_USER_ENDPOINT = _text("DUIXIAN_OIDC_USER_URL")
OIDC_OP_JWKS_ENDPOINT = _text("DUIXIAN_OIDC_JWKS_URL")
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = _text("DUIXIAN_OIDC_SCOPES", "openid")
OIDC_ISSUER = _text("DUIXIAN_OIDC_ISSUER")
OIDC_CLAIM = _text("DUIXIAN_OIDC_CLAIM", "sub")
"""Which claim tells whose account it is: compared with the account's 统一身份标识."""
OIDC_CREATE_USER = False
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
HAS_SINGLE_SIGN_ON = bool(OIDC_RP_CLIENT_ID)
"""Whether the city's single sign-on may be used: an account must exist already; nobody becomes an officer by signing in."""
if HAS_SINGLE_SIGN_ON:
    AUTHENTICATION_BACKENDS.append("duixian.office.accounts.single_sign_on.CityBackend")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
