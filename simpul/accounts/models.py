"""Accounts, invitations, devices, tokens, sessions and the counter of failed sign-ins."""

from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor, Role
from simpul.core.ids import new_id
from simpul.core.models import Row
from simpul.core.phones import normalise

ROLE_NAMES = {
    Role.VOLUNTEER: _("volunteer"),
    Role.LIBRARIAN: _("librarian"),
    Role.MENTOR: _("mentor"),
    Role.COORDINATOR: _("city coordinator"),
    Role.ADMINISTRATOR: _("node administrator"),
}
ROLES = [(role.value, name) for role, name in ROLE_NAMES.items()]


class AccountManager(BaseUserManager["Account"]):
    def identified_by(self, typed: str) -> "Account | None":
        """The account whose phone number or e-mail address was typed, however it was written; else None."""
        typed = typed.strip()
        if "@" in typed:
            return self.filter(email__iexact=typed).first()
        phone = normalise(typed)
        return self.filter(phone=phone).first() if phone else None


class Account(AbstractBaseUser):
    """Somebody of the staff. Signs in with a phone number or an e-mail address, and a password."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, null=True, blank=True, unique=True)
    email = models.EmailField(null=True, blank=True)  # noqa: DJ001 unique needs null
    language = models.CharField(max_length=5, default="id")
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(default=False)  # its password is public: loopback only
    must_change_password = models.BooleanField(default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(phone__isnull=False) | Q(email__isnull=False), name="account_has_phone_or_email"),
            models.UniqueConstraint(Lower("email"), name="account_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_username(self) -> str:
        return str(self.phone or self.email)

    def journal_label(self, reader: Actor) -> str:
        """Staff act in public: colleagues read their names."""
        return self.name


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> Self:
        """Links that still work at this moment."""
        return self.filter(spent_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)

    def to_serve(self) -> Self:
        """Invitations to a role; the others let an account set a new password."""
        return self.filter(account__isnull=True)


class Invitation(Row):
    """A link that makes an account with a role, gives the role to an existing account, or (with `account` set)
    lets that account set a new password."""

    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=16, choices=ROLES, blank=True)  # empty: a reset link
    library_id = models.UUIDField(null=True, blank=True)
    for_name = models.CharField(max_length=120, blank=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE,
                                related_name="reset_links")  # set: a reset link for this account
    invited_by_id = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    spent_at = models.DateTimeField(null=True, blank=True)
    spent_by = models.ForeignKey(Account, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library_id", "-made_at"], name="invitation_by_library")]
        constraints = [models.CheckConstraint(
            condition=(Q(account__isnull=True) & ~Q(role="")) | (Q(account__isnull=False) & Q(role="")),
            name="invitation_is_role_or_reset")]

    def is_open(self, at: datetime) -> bool:
        return self.spent_at is None and self.revoked_at is None and at < self.expires_at

    def journal_label(self, reader: Actor) -> str:
        return str(ROLE_NAMES[Role(self.role)]) if self.role else str(_("new password"))


class DeviceQuerySet(models.QuerySet["Device"]):
    def paired(self) -> Self:
        return self.filter(paired_at__isnull=False, revoked_at__isnull=True)


class Device(Row):
    """A kiosk or phone that belongs to one library and may do one thing."""

    class Kind(models.TextChoices):
        KIOSK = "kiosk", _("tablet at the door")

    kind = models.CharField(max_length=12, choices=Kind)
    library_id = models.UUIDField()
    name = models.CharField(max_length=80)
    offered_at = models.DateTimeField(null=True, blank=True)
    pairing_hash = models.CharField(max_length=64, blank=True)
    pairing_expires_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library_id"], name="device_by_library")]
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="device_token_once")]

    def journal_label(self, reader: Actor) -> str:
        return self.name


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def valid(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class ApiToken(Row):
    """Another system's key to one library's desk."""

    name = models.CharField(max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    library_id = models.UUIDField()
    made_at = models.DateTimeField()
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library_id"], name="api_token_by_library")]

    def journal_label(self, reader: Actor) -> str:
        return self.name


class SignInFailures(models.Model):
    """Attempts to sign in that were not right (yet). `key` is a keyed hash of what is counted: one browser at one
    name, all unknown browsers at one name, or wrong pairing codes; names are not kept."""

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="failures_by_time")]


class SessionManager(BaseSessionManager):
    """Nothing of its own yet."""


class Session(AbstractBaseSession):
    """A signed-in browser. The primary key is a hash of the cookie, so that a copy of the database opens nothing."""

    session_key = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    browser = models.CharField(max_length=60, blank=True)  # "Chrome, Android"
    began_at = models.DateTimeField(null=True, blank=True)
    seen_on = models.DateField(null=True, blank=True)

    objects = SessionManager()  # type: ignore[misc]

    class Meta:
        indexes = [models.Index(fields=["account", "-seen_on"], name="session_by_account")]

    @classmethod
    def get_session_store_class(cls) -> type:
        from simpul.accounts.sessions import SessionStore

        return SessionStore
