"""Settings of the site. Everything an organization has lives in one data folder; the environment names it.

FROMBELOW_DATA      the data folder (database, keys, copy of the record); "data" where nothing is said
FROMBELOW_DATABASE  postgresql://user@host/name for PostgreSQL; else SQLite in the data folder
FROMBELOW_COPY      where published entries are copied as they are published; best on another disk
FROMBELOW_WITNESS   the folder of a witness that runs beside the site for others; "witness" in the data folder
FROMBELOW_HOSTS     host names the site answers to, with commas between; this machine's own where nothing is said
FROMBELOW_HTTPS     "1" where people reach the site by https
FROMBELOW_MAIL      smtp://user:password@host:port; without it, sign-in codes appear on the console
FROMBELOW_ADDRESS   where people reach the site, if that is not the first host: https://union.example; with the path, if
                    it lies below another: https://example.org/union
FROMBELOW_FROM      the address that letters come from
FROMBELOW_REPLY_TO  where an answer to a letter goes, if somewhere else
FROMBELOW_BOUNCES   where what comes back is found: a Maildir, or imaps://user:password@host/INBOX
FROMBELOW_MAIL_RATE letters in a second to one domain; 20 where nothing is said
FROMBELOW_PROXIES   addresses of the web servers in front, whose word on who asks is taken
FROMBELOW_METRICS   "1" for figures at /metrics, told to this machine, or to whom FROMBELOW_METRICS_FROM names
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from frombelow.roll.bounds import BYTES
from frombelow_site.hosts import check_address, hosts_of

DATA = Path(os.environ.get("FROMBELOW_DATA", "data")).resolve()
COPY = Path(os.environ.get("FROMBELOW_COPY") or DATA / "copy")
WITNESS = Path(os.environ.get("FROMBELOW_WITNESS") or DATA / "witness")
HTTPS = os.environ.get("FROMBELOW_HTTPS") == "1"


def _secret() -> str:
    """The site's secret: kept in the data folder, made where there is a folder and no secret yet."""
    place = DATA / "secret"
    if place.exists():
        return place.read_text()
    made = secrets.token_urlsafe(50)
    if DATA.is_dir():
        place.touch(mode=0o600)
        place.write_text(made)
    return made


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "frombelow.sqlite3",
            # FULL: an act that was answered must not vanish in a power cut. secure_delete: what is erased is gone.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


ADDRESS, BELOW = check_address(os.environ.get("FROMBELOW_ADDRESS", ""))
FORCE_SCRIPT_NAME = BELOW or None  # the web server in front takes the path off, and says nothing of it
SECRET_KEY = _secret()
DEBUG = os.environ.get("FROMBELOW_DEBUG") == "1"
ALLOWED_HOSTS = hosts_of(os.environ.get("FROMBELOW_HOSTS", ""))
CSRF_TRUSTED_ORIGINS = [f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS] if HTTPS else []
ROOT_URLCONF = "frombelow_site.urls"
WSGI_APPLICATION = "frombelow_site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": _database(os.environ.get("FROMBELOW_DATABASE", ""))}

INSTALLED_APPS = [
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "frombelow_site.door",
    "frombelow_site.accounts",
    "frombelow_site.people",
    "frombelow_site.membership",
    "frombelow_site.keys",
    "frombelow_site.roll",
    "frombelow_site.rules",
    "frombelow_site.decide",
    "frombelow_site.counts",
    "frombelow_site.draws",
    "frombelow_site.answerability",
    "frombelow_site.records",
    "frombelow_site.operations",
    "frombelow_site.beginning",
    "frombelow_site.home",
    "frombelow_site.mail",
    "frombelow_site.ui",
]
MIDDLEWARE = [
    "frombelow_site.operations.middleware.ProxyMiddleware",
    "frombelow_site.operations.middleware.SizeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "frombelow_site.operations.static.StaticMiddleware",
    "csp.middleware.CSPMiddleware",
    "frombelow_site.operations.middleware.WatchMiddleware",
    "frombelow_site.door.readers.TurnMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "frombelow_site.ui.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "frombelow_site.accounts.middleware.PersonMiddleware",
    "frombelow_site.door.sealing.SealMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],  # the frame of every page, which names the rooms
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "frombelow_site.navigation.organization",
            ],
        },
    },
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_ENGINE = "frombelow_site.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "frombelow"
CSRF_FAILURE_VIEW = "frombelow_site.ui.views.csrf_failure"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
# How large files can be, and the pages to which they are sent.
FILE_MOST, ATTACHMENT_MOST = BYTES, 10_000_000
FILE_PAGES = {r"/people/roll/import/": FILE_MOST, r"/decide/[a-z2-7]{26}/attach/": ATTACHMENT_MOST,
              r"/counts/of/[a-z2-7]{26}/": ATTACHMENT_MOST}  # fmt: skip

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_AGE = "language", 60 * 60 * 24 * 365
# No other site on this host is sent them.
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = LANGUAGE_COOKIE_PATH = f"{BELOW}/"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = f"{BELOW}/static/" if BELOW else "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600


def _mail(url: str) -> dict[str, object]:
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    return {
        "EMAIL_BACKEND": "frombelow_site.mail.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


globals().update(_mail(os.environ.get("FROMBELOW_MAIL", "")))
DEFAULT_FROM_EMAIL = os.environ.get("FROMBELOW_FROM", "frombelow@localhost")
SERVED = os.environ.get("FROMBELOW_SERVED", "")
REPLY_TO = os.environ.get("FROMBELOW_REPLY_TO", "")
BOUNCES = os.environ.get("FROMBELOW_BOUNCES", "")
MAIL_RATE = int(os.environ.get("FROMBELOW_MAIL_RATE", "20"))  # copies in a second to one domain

# Who stands in front and says who asks, and who may ask for figures: addresses and networks with commas between.
PROXIES = os.environ.get("FROMBELOW_PROXIES", "")
METRICS = os.environ.get("FROMBELOW_METRICS") == "1"
METRICS_FROM = os.environ.get("FROMBELOW_METRICS_FROM", "")

# One handler, one formatter that leaves out whatever is about somebody; Django's own handlers are taken away.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "frombelow_site.operations.logs.PlainFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "WARNING"}, "django.server": {"handlers": [], "propagate": True}},
}
