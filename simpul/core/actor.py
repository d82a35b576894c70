"""Who acts: an account, a paired device, a link, an API token, an import, the schedule or the command line."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What an account may be. Nobody grants a role that ranks above their own."""

    VOLUNTEER = "volunteer"      # records the day of one library
    LIBRARIAN = "librarian"      # pengelola: runs one library
    MENTOR = "mentor"            # fasilitator daerah: looks after several, sees counts
    COORDINATOR = "coordinator"  # the city: sees counts of all, manages libraries and staff
    ADMINISTRATOR = "administrator"  # keeps the node running


RANK = {Role.VOLUNTEER: 1, Role.LIBRARIAN: 2, Role.MENTOR: 2, Role.COORDINATOR: 3, Role.ADMINISTRATOR: 4}


class ActorKind(StrEnum):
    ACCOUNT = "account"
    DEVICE = "device"
    TOKEN = "token"  # noqa: S105 a kind, no secret
    LINK = "link"
    IMPORT = "import"
    SCHEDULE = "schedule"
    COMMAND = "command"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts and for which libraries; loaded once at the edge, asked everywhere.

    `librarian_of`, `volunteer_of` and `mentor_of` hold library ids. A device or token holds its library in
    `volunteer_of` or `librarian_of` like a person would; `only` narrows it to named permissions
    (a kiosk may only write visits). The command line and the schedule act for the node.
    """

    kind: ActorKind
    id: UUID | None = None
    librarian_of: frozenset[UUID] = field(default_factory=frozenset)
    volunteer_of: frozenset[UUID] = field(default_factory=frozenset)
    mentor_of: frozenset[UUID] = field(default_factory=frozenset)
    is_coordinator: bool = False
    is_administrator: bool = False
    only: frozenset[str] = field(default_factory=frozenset)
    is_replay: bool = False  # brings facts that happened: policy flags them instead of refusing

    @property
    def staff_of(self) -> frozenset[UUID]:
        """Libraries whose members and loans this actor may see by name."""
        return self.librarian_of | self.volunteer_of

    @property
    def is_node(self) -> bool:
        """The command line and the schedule act for the node itself."""
        return self.kind in (ActorKind.COMMAND, ActorKind.SCHEDULE)

    def may(self, permission: str) -> bool:
        """Is this actor not narrowed, or narrowed to a set that holds `permission`?"""
        return not self.only or permission in self.only

    def works_at(self, library_id: UUID, permission: str = "") -> bool:
        """Does this actor record the day of this library?"""
        return self.may(permission) and (self.is_node or library_id in self.staff_of)

    def runs(self, library_id: UUID, permission: str = "") -> bool:
        """Does this actor run this library: its librarian, the coordinator, the node?"""
        return self.may(permission) and (self.is_node or self.is_coordinator or library_id in self.librarian_of)

    def counts(self, library_id: UUID) -> bool:
        """May this actor see this library's counts (not its names)?"""
        return not self.only and (
            self.is_node or self.is_coordinator or self.is_administrator
            or library_id in self.staff_of or library_id in self.mentor_of
        )

    @property
    def rank(self) -> int:
        if self.is_node or self.is_administrator:
            return RANK[Role.ADMINISTRATOR]
        if self.is_coordinator:
            return RANK[Role.COORDINATOR]
        if self.librarian_of or self.mentor_of:
            return RANK[Role.LIBRARIAN]
        return RANK[Role.VOLUNTEER] if self.volunteer_of else 0


VISITOR = Actor(kind=ActorKind.VISITOR)
COMMAND = Actor(kind=ActorKind.COMMAND)
SCHEDULE = Actor(kind=ActorKind.SCHEDULE)
