"""Django's settings, worked out from the environment (`ulak_server.environment`)."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlsplit

from ulak_server import environment
from ulak_server.database.address import database_of
from ulak_server.secrets_of_installation import secret_key

ENVIRONMENT: Final = environment.read()

SECRET_KEY: Final = ENVIRONMENT["ULAK_SECRET_KEY"] or secret_key(ENVIRONMENT.data)
DEBUG = False
ALLOWED_HOSTS: Final = [urlsplit(ENVIRONMENT["ULAK_PUBLIC_URL"]).hostname or "localhost", "127.0.0.1", "localhost"]
INSTALLED_APPS: Final = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "procrastinate.contrib.django",
    "ulak_server.audit",
    "ulak_server.people",
    "ulak_server.taxpayers",
    "ulak_server.userlist",
    "ulak_server.documents",
    "ulak_server.exchange",
    "ulak_server.archive",
    "ulak_server.operations",
    "ulak_server.api",
]
MIDDLEWARE: Final = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
ROOT_URLCONF = "ulak_server.urls"
WSGI_APPLICATION = "ulak_server.wsgi.application"
DATABASES: Final[dict[str, dict[str, Any]]] = {
    "default": database_of(ENVIRONMENT["DATABASE_URL"], ENVIRONMENT.data),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.User"
LANGUAGE_CODE = ENVIRONMENT["ULAK_LANGUAGE"]
LANGUAGES: Final = [("tr", "Türkçe"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Istanbul"
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = ENVIRONMENT["ULAK_PUBLIC_URL"].startswith("https:")
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
PASSWORD_HASHERS: Final = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
