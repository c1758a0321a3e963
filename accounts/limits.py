"""Slowing down whoever tries many times: counters in the database, which all workers share and none can lose."""

import logging
import time
from contextlib import suppress
from datetime import UTC, datetime

from allauth.account.adapter import get_adapter
from django.db import DatabaseError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts.models import Tries

logger = logging.getLogger(__name__)


def wait_s(request: HttpRequest, action: str, *, amount: int, seconds: int) -> int:
    """Count one more try of ``action`` from this address, of ``amount`` that each span of ``seconds`` allows.

    Gives the seconds to wait; 0 where the try may go on. Where it cannot be counted it may not go on either.
    """
    now = int(time.time())
    span = now // seconds
    ends = (span + 1) * seconds
    key = salted_hmac("accounts.limits", f"{action}:{get_adapter().get_client_ip(request)}:{span}", algorithm="sha256")
    try:
        number, fresh = _count(key.hexdigest(), datetime.fromtimestamp(ends, UTC))
    except DatabaseError:
        logger.exception("A try could not be counted: %s", action)
        return seconds
    if fresh:
        with suppress(DatabaseError):  # somebody else may be sweeping as well
            Tries.objects.filter(ends_at__lt=datetime.fromtimestamp(now, UTC)).delete()
    return max(1, ends - now) if number > amount else 0


def _count(key: str, ends_at: datetime) -> tuple[int, bool]:
    """The number of this try, and whether its row is new. The row stays locked until the number is read."""
    tried = Tries.objects.filter(key=key)
    with transaction.atomic():
        fresh = not tried.update(number=F("number") + 1)
        if fresh:
            Tries.objects.bulk_create([Tries(key=key, ends_at=ends_at)], ignore_conflicts=True)
            tried.update(number=F("number") + 1)
        return tried.values_list("number", flat=True).get(), fresh
