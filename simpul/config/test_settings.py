"""Settings under test: a database file (two desks race in it), fast hashing, no manifest."""

import os
import tempfile
from pathlib import Path

os.environ["SIMPUL_DATA"] = os.environ.get("SIMPUL_TEST_DATA") or tempfile.mkdtemp(prefix="simpul-test-")

from simpul.config.settings import *  # noqa: F403
from simpul.config.settings import DATA, DATABASES, LOCAL_NAMES, STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
API_REQUESTS_PER_MINUTE = PUBLIC_FORMS_PER_ADDRESS = 0
LOCAL_NAMES = (*LOCAL_NAMES, "testserver")  # what the test client asks for
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    Path(DATA).mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(Path(DATA) / "test.sqlite3")}  # type: ignore[assignment]
