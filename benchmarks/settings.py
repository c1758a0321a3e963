"""The tests' settings, with the bare view among the addresses."""

from tests.settings import *

ROOT_URLCONF = "benchmarks.urls"
