"""One settings file. Every setting comes from the environment, has a safe default, and refuses a bad value.

`docs/settings.md` lists them; a test keeps that list complete.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlparse

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

CODE = Path(__file__).resolve().parents[2]


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def _number(name: str, default: int, low: int, high: int) -> int:
    value = os.environ.get(name, str(default))
    if not value.isdigit() or not low <= int(value) <= high:
        raise ImproperlyConfigured(f"{name} must be a whole number from {low} to {high}, not {value!r}")
    return int(value)


# --- where things are -------------------------------------------------------------------------------------
DATA = Path(os.environ.get("SIMPUL_DATA", CODE / "data")).resolve()
FILES_ROOT = DATA / "files"
BACKUPS_ROOT = DATA / "backups"


def _secret_key() -> str:
    """Made once and kept in the data folder, readable by its owner only; or given as SIMPUL_SECRET_KEY."""
    given = os.environ.get("SIMPUL_SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured("SIMPUL_SECRET_KEY must have at least 32 characters")
        return given
    path = DATA / "secret_key"
    if not path.exists():
        DATA.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(get_random_secret_key())
        except FileExistsError:
            pass  # another process was faster
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = False

# --- who may ask ------------------------------------------------------------------------------------------
# The host name people type, e.g. "perpustakaan.tangerangkota.go.id"; empty: this machine and its own network.
HOST = os.environ.get("SIMPUL_HOST", "")
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]")  # what this machine calls itself
ALLOWED_HOSTS = [HOST, *LOCAL_NAMES] if HOST else ["*"]
IS_HTTPS = _flag("SIMPUL_HTTPS", bool(HOST))
TRUSTS_PROXY = _flag("SIMPUL_BEHIND_PROXY", False)
if TRUSTS_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{HOST}"] if HOST else []
# filled public forms that one address may send in ten minutes; 0: no limit
PUBLIC_FORMS_PER_ADDRESS = _number("SIMPUL_PUBLIC_FORMS_PER_ADDRESS", 200, 0, 1_000_000)
API_REQUESTS_PER_MINUTE = _number("SIMPUL_API_REQUESTS_PER_MINUTE", 600, 0, 1_000_000)  # an address; 0: no limit

# --- e-mail -----------------------------------------------------------------------------------------------
# Without a mail server the house sends none and offers ready WhatsApp links instead.
EMAIL_HOST = os.environ.get("SIMPUL_EMAIL_HOST", "")
EMAIL_PORT = _number("SIMPUL_EMAIL_PORT", 587, 1, 65_535)
EMAIL_HOST_USER = os.environ.get("SIMPUL_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SIMPUL_EMAIL_PASSWORD", "")
EMAIL_SECURITY = os.environ.get("SIMPUL_EMAIL_SECURITY", "starttls")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("SIMPUL_EMAIL_FROM", "")
if EMAIL_SECURITY not in ("starttls", "tls", "none"):
    raise ImproperlyConfigured(f"SIMPUL_EMAIL_SECURITY must be starttls, tls or none, not {EMAIL_SECURITY!r}")
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
if EMAIL_HOST and not HOST:
    raise ImproperlyConfigured("SIMPUL_EMAIL_HOST needs SIMPUL_HOST: e-mail holds links to this node")
if EMAIL_HOST and ("@" not in DEFAULT_FROM_EMAIL or not DEFAULT_FROM_EMAIL.isprintable()):
    raise ImproperlyConfigured("SIMPUL_EMAIL_HOST needs SIMPUL_EMAIL_FROM, the sender, e.g. Perpustakaan <surel@contoh.id>")
REQUEST_COUNTER = "simpul.config.throttle.is_too_fast"  # counting stands above the pages that ask it
CHECKS_PER_MINUTE = 120  # certificates that one address may look up; 0: no limit

INSTALLED_APPS = [
    "simpul.web",
    "simpul.sync",
    "simpul.pocket",
    "simpul.operations",
    "simpul.overview",
    "simpul.iplm",
    "simpul.tpbis",
    "simpul.standards",
    "simpul.reports",
    "simpul.replication",
    "simpul.kits",
    "simpul.stories",
    "simpul.circulation",
    "simpul.learning",
    "simpul.activities",
    "simpul.training",
    "simpul.gatherings",
    "simpul.surveys",
    "simpul.certificates",
    "simpul.advocacy",
    "simpul.visits",
    "simpul.catalogue",
    "simpul.volunteers",
    "simpul.plans",
    "simpul.months",
    "simpul.people",
    "simpul.indicators",
    "simpul.libraries",
    "simpul.transfers",
    "simpul.files",
    "simpul.messages",
    "simpul.accounts",
    "simpul.core",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "csp",
    "ninja",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "simpul.operations.middleware.FullDiskMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "simpul.accounts.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "simpul.accounts.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simpul.libraries.middleware.ActorMiddleware",
]

ROOT_URLCONF = "simpul.config.urls"
WSGI_APPLICATION = "simpul.config.wsgi.application"
FORM_RENDERER = "simpul.web.forms.HouseRenderer"

TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "OPTIONS": {
        # cotton and partials configure themselves over each other unless the loaders are named
        "loaders": [(
            "template_partials.loader.Loader",
            [("django.template.loaders.cached.Loader", [
                "django_cotton.cotton_loader.Loader",
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ])],
        )],
        "builtins": [
            "django_cotton.templatetags.cotton",
            "template_partials.templatetags.partials",
            "django.templatetags.i18n",
            "django.templatetags.static",
            "simpul.web.templatetags.house",
        ],
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
            "simpul.web.context.house",
        ],
    },
}]

# --- database ---------------------------------------------------------------------------------------------


def _database() -> dict[str, object]:
    """SQLite in the data folder, or the PostgreSQL of DATABASE_URL (postgres://user:password@host:port/name)."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "simpul.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                                "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;",
            },
        }
    parts = urlparse(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres://")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- signing in -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "web:today"
LOGOUT_REDIRECT_URL = "web:start"
CSRF_FAILURE_VIEW = "simpul.web.views.public.forbidden"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "simpul.accounts.passwords.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
OTP_TOTP_ISSUER = "Simpul"
SECOND_FACTOR_RULE = "simpul.libraries.queries.needs_second_factor"  # roles live above accounts
SESSION_ENGINE = "simpul.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- what leaves this server ------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "worker-src": [SELF],
    "media-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}}

STATIC_URL = "static/"
STATIC_ROOT = CODE / "build" / "static"  # belongs to the code, not to the data folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # uploads go through simpul.files
    "staticfiles": {"BACKEND": "simpul.pocket.lean.LeanStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
MAX_UPLOAD_BYTES = _number("SIMPUL_MAX_UPLOAD_MB", 50, 1, 2000) * 1_000_000

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- words ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = "simpul.config.formats"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SAMESITE = "Lax"

SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # redirecting to HTTPS is the reverse proxy's work
    "auth.E003",      # accounts sign in with phone or e-mail, both unique, not with USERNAME_FIELD
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SIMPUL_LOG_LEVEL", "WARNING")},
}
