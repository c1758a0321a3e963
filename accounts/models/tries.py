"""How often something was tried from one address: the counters of the rate limits."""

from django.db import models


class Tries(models.Model):
    """One counter of one span of time. A table of its own: a cache may lose what it holds, or lose a count."""

    key = models.CharField(primary_key=True, max_length=64)
    """A keyed hash of what was tried, the address and the span: the address itself is not kept."""
    number = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)
