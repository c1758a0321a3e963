"""The settings that tests and type checks use: test mode, and a data folder of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["STENOSIS_PT_MODE"] = "test"
if "STENOSIS_PT_DATA" not in os.environ:
    os.environ["STENOSIS_PT_DATA"] = tempfile.mkdtemp(prefix="stenosis-pt-tests-")
    atexit.register(shutil.rmtree, os.environ["STENOSIS_PT_DATA"], ignore_errors=True)

from stenosis_pt.settings import *

# Argon2 is slow on purpose; no test asks how slow.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# WhiteNoise looks for the folder though the tests serve from the sources.
Path(os.environ["STENOSIS_PT_DATA"], "static").mkdir(parents=True, exist_ok=True)
