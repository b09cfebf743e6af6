"""Django's settings, worked out from the environment (`ulak_server.environment`)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from ulak_server import environment
from ulak_server.database.address import database_of, direct_of
from ulak_server.secrets_of_installation import private_folder, secret_key

ENVIRONMENT: Final = environment.read()

SECRET_KEY: Final = ENVIRONMENT["ULAK_SECRET_KEY"] or secret_key(ENVIRONMENT.data)
SECRET_KEY_FALLBACKS: Final = ENVIRONMENT.former_secrets
DEBUG = False
PUBLIC: Final = ENVIRONMENT.public
PROXIES: Final = ENVIRONMENT.proxies
COUNTS_CREDITS: Final = ENVIRONMENT.counts_credits
WEB_ONE_CORE: Final = ENVIRONMENT.keeps_to_one_core
SANDBOX: Final = bool(ENVIRONMENT["ULAK_SANDBOX"])
MERKEZ_NETWORKS: Final = ENVIRONMENT.merkez_networks
ALLOWED_HOSTS: Final = [urlsplit(PUBLIC).hostname or "localhost", "127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS: Final = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "ulak_server.audit",
    "ulak_server.asides",
    "ulak_server.people",
    "ulak_server.taxpayers",
    "ulak_server.userlist",
    "ulak_server.designs",
    "ulak_server.documents",
    "ulak_server.credits",
    "ulak_server.exchange",
    "ulak_server.archive",
    "ulak_server.books",
    "ulak_server.ledgers",
    "ulak_server.delivery",
    "ulak_server.composing",
    "ulak_server.overview",
    "ulak_server.operations",
    "ulak_server.api",
    "ulak_server.pages",
    "ulak_server.portal",
    "ulak_server.console",
]
MIDDLEWARE: Final = [
    "ulak_server.operations.requests.Requests",
    "django.middleware.security.SecurityMiddleware",
    "ulak_server.pages.browsing.Browsing",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "ulak_server.urls"
TEMPLATES: Final = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["ulak_server.pages.templatetags.ulak"],
            "context_processors": ["django.template.context_processors.request"],
        },
    }
]
STATIC_URL = "/static/"
# Files lie in the package: nothing is to be collected before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 365 * 24 * 3600
CSRF_FAILURE_VIEW = "ulak_server.portal.rooms.front.no_csrf"
WSGI_APPLICATION = "ulak_server.wsgi.application"
DATABASES: Final[dict[str, dict[str, Any]]] = {
    "default": database_of(
        ENVIRONMENT["DATABASE_URL"], ENVIRONMENT.data, is_pooled=bool(ENVIRONMENT["DATABASE_DIRECT_URL"])
    ),
}
DATABASE_DIRECT: Final = direct_of(ENVIRONMENT["DATABASE_URL"], ENVIRONMENT["DATABASE_DIRECT_URL"], ENVIRONMENT.data)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES: Final = [("tr", "Türkçe"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Istanbul"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
# Large files of taxpayers never lie where other users of the machine can see them.
FILE_UPLOAD_TEMP_DIR: Final = str(private_folder(ENVIRONMENT.data / "uploads"))
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "ulak_session"
CSRF_COOKIE_NAME = "ulak_csrf"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PUBLIC.startswith("https:")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_SAMESITE = "Lax"
# Behind a proxy that ends TLS, requests come as plain HTTP from an https page.
CSRF_TRUSTED_ORIGINS: Final = [PUBLIC]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SESSION_COOKIE_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
# Processes set up their own logs (`operations.logs`); commands speak to people instead.
LOGGING_CONFIG = None
PASSWORD_HASHERS: Final = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
