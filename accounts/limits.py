"""Slowing down whoever tries many times, in the cache that all workers share."""

import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def too_many(request: HttpRequest, action: str, *, amount: int, seconds: int) -> bool:
    """Count one more try of ``action`` from this address; True when it is more than ``amount`` in ``seconds``."""
    window = int(time.time()) // seconds
    key = f"tries:{action}:{get_adapter().get_client_ip(request)}:{window}"
    if cache.add(key, 1, timeout=seconds * 2):
        return False
    try:
        tries: int = cache.incr(key)
    except ValueError:  # it ran out between the two
        cache.set(key, 1, timeout=seconds * 2)
        return False
    return tries > amount
