"""Everybody who can be signed in: staff by email, patients by a card."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7

THERAPIST, EDITOR, ADMIN, PATIENT = "therapist", "editor", "admin", "patient"


class UserQuerySet(models.QuerySet["User"]):
    """Users by clinic and role."""

    def staff_of(self, clinic: Any) -> "UserQuerySet":
        """The staff of a clinic, active or not."""
        return self.filter(clinic=clinic, email__isnull=False)

    def therapists_of(self, clinic: Any) -> "UserQuerySet":
        """The clinic's active therapists."""
        return self.staff_of(clinic).filter(is_therapist=True, is_active=True)


class UserManager(BaseUserManager["User"]):
    """Makes users; a patient's user has no email and no password."""

    def get_queryset(self) -> UserQuerySet:
        """All users."""
        return UserQuerySet(self.model, using=self._db)

    def staff_of(self, clinic: Any) -> UserQuerySet:
        """The staff of a clinic, active or not."""
        return self.get_queryset().staff_of(clinic)

    def therapists_of(self, clinic: Any) -> UserQuerySet:
        """The clinic's active therapists."""
        return self.get_queryset().therapists_of(clinic)

    def create_staff(
        self,
        *,
        email: str,
        name: str,
        clinic: Any,
        password: str | None = None,
        **roles: bool,
    ) -> "User":
        """A staff member; without a password nobody can sign in with one."""
        user = self.model(email=self.normalize_email(email).lower(), name=name, clinic=clinic, **roles)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who can be signed in. Staff have an email and one or more roles; a patient has neither."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey("accounts.Clinic", models.PROTECT, related_name="users")
    email = models.EmailField(_("email"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_therapist = models.BooleanField(_("therapist"), default=False)
    is_editor = models.BooleanField(_("catalogue editor"), default=False)
    is_admin = models.BooleanField(_("clinic admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    session_epoch = models.PositiveIntegerField(default=0)
    """Counted up to end every session of this person."""
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="roles_need_an_email",
                condition=models.Q(email__isnull=False) | models.Q(is_therapist=False, is_editor=False, is_admin=False),
            )
        ]
        indexes = [models.Index(fields=["clinic", "is_active"])]

    def __str__(self) -> str:
        return self.name or self.email or str(self.id)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session ends when the password or the epoch changes."""
        salt = "accounts.models.User.session_auth_hash"
        return salted_hmac(salt, f"{self.password}:{self.session_epoch}", secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_patient(self) -> bool:
        """Is this a patient's user? (Staff have an email; patients do not.)"""
        return self.email is None

    @property
    def roles(self) -> frozenset[str]:
        """The roles that this person holds; none when deactivated."""
        if not self.is_active:
            return frozenset()
        if self.is_patient:
            return frozenset({PATIENT})
        held = {
            THERAPIST: self.is_therapist,
            EDITOR: self.is_editor,
            ADMIN: self.is_admin,
        }
        return frozenset(role for role, has in held.items() if has)
