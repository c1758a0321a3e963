"""Sessions, the log of their events, and the check-ins and screens that open them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7


class Session(models.Model):
    """One go at a plan. The summary columns are derived from the events, which are the record."""

    class Kind(models.TextChoices):
        """What was offered."""

        FULL = "full", _("session")
        MINIMUM = "minimum", _("minimum plan")
        RELIEF = "relief", _("relief only")

    class State(models.TextChoices):
        """How far it came."""

        MINTED = "minted", _("not begun")
        CHECKED_IN = "checked-in", _("checked in")
        STARTED = "started", _("under way")
        FINISHED = "finished", _("finished")
        ENDED = "ended", _("ended by a safety rule")
        CLOSED = "closed", _("closed")
        REFUSED = "refused", _("not started")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="sessions")
    revision = models.ForeignKey("programs.ProgramRevision", models.PROTECT, null=True, related_name="sessions")
    local_date = models.DateField()
    zone = models.CharField(max_length=64)
    days = models.JSONField(default=list)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.FULL)
    plan = models.JSONField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.MINTED)
    minted_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    baseline_spine = models.PositiveSmallIntegerField(null=True, blank=True)
    baseline_limb = models.PositiveSmallIntegerField(null=True, blank=True)
    final_spine = models.PositiveSmallIntegerField(null=True, blank=True)
    final_limb = models.PositiveSmallIntegerField(null=True, blank=True)
    effort = models.PositiveSmallIntegerField(null=True, blank=True)
    end_row = models.CharField(max_length=12, blank=True)
    end_rule = models.CharField(max_length=12, blank=True)
    counted_end = models.BooleanField(default=False)
    """Safety X14: does it count towards "two sessions ended by S18 in 7 days"?"""
    waiting = models.CharField(max_length=8, blank=True)
    """Safety X17: ``sign`` or ``fall`` while the questions after it are still open."""
    sets_planned = models.PositiveSmallIntegerField(default=0)
    sets_done = models.PositiveSmallIntegerField(default=0)
    stops = models.PositiveSmallIntegerField(default=0)
    summary = models.JSONField(default=dict)
    """Per entry: sets done, pain per set, status (done, stopped-pain, centralising, interval-limit, skipped)."""
    next_day = models.CharField(max_length=12, blank=True)
    """S22: the answer of table N for this session, once asked."""

    class Meta:
        indexes = [
            models.Index(fields=["patient", "local_date"]),
            models.Index(fields=["patient", "-started_at"]),
        ]


class SessionEvent(models.Model):
    """One event as a device or the server recorded it; append-only, unique by the client's id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="session_events")
    session = models.ForeignKey(Session, models.CASCADE, related_name="events")
    client_id = models.UUIDField()
    kind = models.CharField(max_length=20)
    occurred_at = models.DateTimeField()
    zone = models.CharField(max_length=64)
    local_date = models.DateField()
    mono = models.BigIntegerField(null=True)
    seq = models.PositiveIntegerField(default=0)
    payload = models.JSONField()
    content_hash = models.CharField(max_length=64)
    clock = models.CharField(max_length=10, blank=True)
    """Safety X3: what is impossible about the device's clock (early, backwards, fast); empty when nothing is."""
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(name="event_once", fields=["patient", "client_id"])]
        indexes = [models.Index(fields=["session", "seq"])]


class CheckIn(models.Model):
    """S15: the check-in before one session; its scores are the session's baseline (S16)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="check_ins")
    session = models.OneToOneField(Session, models.CASCADE, related_name="check_in")
    at = models.DateTimeField()
    local_date = models.DateField()
    spine = models.PositiveSmallIntegerField(null=True, blank=True)
    limb = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.JSONField()
    row = models.CharField(max_length=12)
    outcome = models.CharField(max_length=30)

    class Meta:
        indexes = [models.Index(fields=["patient", "local_date"])]


class ScreenRecord(models.Model):
    """S1: a red-flag screen (Table A), whole or in part, and what it led to. Also S1 events such as a fall."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    patient = models.ForeignKey("accounts.Patient", models.CASCADE, related_name="screens")
    session = models.ForeignKey(Session, models.CASCADE, null=True, related_name="screens")
    at = models.DateTimeField()
    local_date = models.DateField()
    scope = models.CharField(max_length=20)
    complete = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    outcome = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "-at"])]
