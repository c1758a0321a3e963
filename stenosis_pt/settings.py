"""Settings, all from the environment; docs/running.md lists the variables."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from stenosis_pt import env, sqlite

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("STENOSIS_PT_DATA", str(BASE_DIR / "var")))

MODE = env.choice("STENOSIS_PT_MODE", "production", ("production", "demo", "test"))
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"

DEFAULT_SECRET_KEY = "not-secret-demo-and-test-only-" + "0" * 30
SECRET_KEY = env.text("SECRET_KEY", DEFAULT_SECRET_KEY)
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "127.0.0.1,localhost,[::1]")
DEBUG = False

if PRODUCTION:
    if SECRET_KEY == DEFAULT_SECRET_KEY or len(SECRET_KEY) < 40:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set, or is the default one, or is shorter than 40 characters. Set it to a long "
            "random text that only this server knows. (For a try-out with invented data: STENOSIS_PT_MODE=demo.)"
        )
    if len(set(SECRET_KEY)) < 12 or any(len(set(key)) < 12 for key in SECRET_KEY_FALLBACKS):
        raise ImproperlyConfigured(
            "SECRET_KEY (or one of SECRET_KEY_FALLBACKS) has fewer than 12 different characters: it can be guessed. "
            "Make a random one, for example with: python -c 'import secrets; print(secrets.token_urlsafe(60))'"
        )
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS is not set. Set it to the host names that people type to reach this server, "
            "parted by commas; '*' is not accepted."
        )
    CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
if DEMO and not set(ALLOWED_HOSTS) <= {"127.0.0.1", "localhost", "[::1]"}:
    raise ImproperlyConfigured("The demo answers on this machine only: ALLOWED_HOSTS may name 127.0.0.1 and localhost.")

BASE_URL = env.text("BASE_URL", f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
if PRODUCTION and not env.is_https_address(BASE_URL):
    raise ImproperlyConfigured(
        f"BASE_URL must be the address that people type, such as https://pt.clinic.example, not {BASE_URL!r}. It "
        "stands on access cards and in invitations. (Without it, it is made of the first of ALLOWED_HOSTS, which must "
        "then be a whole host name.)"
    )

INSTALLED_APPS = [
    "stenosis_pt",
    "accounts",
    "exercises",
    "programs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "stenosis_pt.middleware.LoopbackOnlyInDemo",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "stenosis_pt.middleware.PrivacyHeaders",
    "stenosis_pt.middleware.SmallBodies",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.DeviceSession",
    "accounts.middleware.RoutePolicy",
    "accounts.middleware.StaffSecondFactor",
    "accounts.middleware.PatientTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stenosis_pt.middleware.BadFormsAreBadRequests",
]

ROOT_URLCONF = "stenosis_pt.urls"
WSGI_APPLICATION = "stenosis_pt.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stenosis_pt.context.page",
            ],
        },
    }
]
FORM_RENDERER = "stenosis_pt.forms.Renderer"


def _database() -> dict[str, Any]:
    """The database of DATABASE_URL: SQLite in the data folder unless it names another."""
    config: dict[str, Any] = dict(
        dj_database_url.parse(env.text("DATABASE_URL", f"sqlite:///{DATA_DIR / 'stenosis-pt.sqlite3'}"))
    )
    if config["ENGINE"] == "django.db.backends.sqlite3":
        if PRODUCTION and sqlite.library_version() < sqlite.SAFE_VERSION:
            found = ".".join(map(str, sqlite.library_version()))
            raise ImproperlyConfigured(
                f"The SQLite library is {found}; versions before 3.51.3 can damage a database that several "
                "processes write. Install the pysqlite3 package, or use PostgreSQL (DATABASE_URL)."
            )
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000; "
                "PRAGMA journal_size_limit=67108864; PRAGMA temp_store=MEMORY"
            ),
        }
        factory = sqlite.connection_factory()
        if factory is not None:
            config["OPTIONS"]["factory"] = factory
        config["CONN_MAX_AGE"] = None
    else:
        config["OPTIONS"] = {"pool": {"min_size": 2, "max_size": 4, "timeout": 10}}
    return config


DATABASES = {"default": _database()}
CACHES = {
    "default": {
        # Shared by all workers, so that the rate limits of sign-ins hold across them.
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Far more than sign-ins can leave here in their few minutes: none is thrown out early to make room.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "accounts.adapter.StaffAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Stenosis PT: "
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 0, low=0, high=5)
"""Proxies before this server, so that attempts are counted per client and not per proxy."""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
MFA_ADAPTER = "accounts.mfa.StaffMfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Stenosis PT"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

SESSION_COOKIE_AGE = 90 * 24 * 3600
"""Seconds a patient's device stays signed in after its last day of use."""
STAFF_SESSION_AGE = 8 * 3600
"""Seconds a staff sign-in lasts."""
STAFF_IDLE_AGE = 3600
"""Seconds after which an unused staff sign-in ends: a screen that was left open shows patients to whoever passes."""

if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    if env.flag("BEHIND_TLS_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "stenosis_pt.errors.csrf_failure"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "media-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
FORMAT_MODULE_PATH = "stenosis_pt.formats"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
PICTURES_DIR = DATA_DIR / "pictures"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PICTURES_DIR},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE == "test"
        else "stenosis_pt.storage.HashedStorage"
    },
}
WHITENOISE_AUTOREFRESH = False
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.\w+$|/audio/voice/[a-z0-9-]+-[0-9a-f]{6}\.mp3$"
WHITENOISE_USE_FINDERS = MODE == "test"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
LARGEST_BODY = 3_000_000
LARGEST_BODY_WITH_PICTURE = 9_000_000
"""Bytes of a request, refused before they are received; the larger one counts on the editor's desk alone."""
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

EMAIL_HOST_NAME = env.text("EMAIL_HOST")
CONSOLE_MAIL = EMAIL_HOST_NAME in {"", "console"}
if PRODUCTION and not EMAIL_HOST_NAME:
    raise ImproperlyConfigured(
        "EMAIL_HOST is not set. Set it to the mail server that sends the links for new passwords. "
        "(EMAIL_HOST=console writes mails, with the links that are in them, to the server's output.)"
    )

MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.locmem.EmailBackend"
        if MODE == "test"
        else "django.core.mail.backends.console.EmailBackend"
        if CONSOLE_MAIL
        else "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {}
        if CONSOLE_MAIL
        else {
            "host": EMAIL_HOST_NAME,
            "port": env.number("EMAIL_PORT", 587, low=1, high=65535),
            "username": env.text("EMAIL_USER"),
            "password": env.text("EMAIL_PASSWORD"),
            "use_tls": env.flag("EMAIL_TLS", True),
        },
    }
}
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Stenosis PT <no-reply@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no-secrets": {"()": "stenosis_pt.logs.NoSecretAddresses"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no-secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
