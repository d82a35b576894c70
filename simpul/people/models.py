"""Persons, members, cards, guardians, consent."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from simpul.core.actor import Actor
from simpul.core.models import Row
from simpul.files.models import StoredFile
from simpul.libraries.models import Library

ADULT_AGE = 18
CONSENT_DAYS = 30  # a named child without a guardian's consent is erased after these days


class Sex(models.TextChoices):
    MALE = "L", _("male")
    FEMALE = "P", _("female")
    UNKNOWN = "", _("not said")


class AgeGroup(models.TextChoices):
    """The age groups of the guest book; the reports add them up into theirs."""

    TODDLER = "0-5", _("0–5")
    CHILD = "6-12", _("6–12")
    TEEN = "13-17", _("13–17")
    ADULT = "18-59", _("18–59")
    ELDER = "60+", _("60+")
    UNKNOWN = "", _("not said")

    @classmethod
    def of(cls, birth_year: int | None, day: date) -> "AgeGroup":
        """The group by the age reached in the year of `day` (people give a year, not a day)."""
        if birth_year is None:
            return cls.UNKNOWN
        age = day.year - birth_year
        for limit, group in ((5, cls.TODDLER), (12, cls.CHILD), (17, cls.TEEN), (59, cls.ADULT)):
            if age <= limit:
                return group
        return cls.ELDER


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> Self:
        """Persons of the actor's own libraries, by name."""
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def present(self) -> Self:
        return self.filter(erased_at__isnull=True)


class Person(Row):
    """Somebody a library knows by name. Erasure empties the row and keeps its id, so that counts stay."""

    is_about_reader = True  # outsiders do not read of it in the journal

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(max_length=120)
    name_key = models.CharField(max_length=120, db_index=True)  # folded for finding: "siti nurhaliza"
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address = models.CharField(max_length=200, blank=True)
    occupation = models.CharField(max_length=16, blank=True)  # people.categories.OCCUPATIONS
    education = models.CharField(max_length=8, blank=True)    # people.categories.EDUCATION
    institution = models.CharField(max_length=120, blank=True)  # school or workplace
    help_offered = models.JSONField(default=list, blank=True)  # what helps, only if offered: ["ramp", …]
    recorded_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "name_key"], name="person_by_library_name"),
                   models.Index(fields=["library", "phone"], name="person_by_library_phone"),
                   models.Index(fields=["library", "birth_year"], name="person_by_library_year")]

    def __str__(self) -> str:
        return self.name

    def is_child(self, day: date) -> bool:
        """Under 18 for all we know: a birth year tells the age reached in that year, so the 18th year counts as
        a child's until it is over; no birth year counts as grown up."""
        return self.birth_year is not None and day.year - self.birth_year <= ADULT_AGE - 1

    def age_group(self, day: date) -> AgeGroup:
        return AgeGroup.of(self.birth_year, day)

    def journal_label(self, reader: Actor) -> str:
        if self.erased_at:
            return _now("(erased)")
        return self.name if reader.works_at(self.library_id) else _now("a person")


class Guardianship(Row):
    """An adult who answers for a child; the adult's name and number are kept here, she need not be a member."""

    is_about_reader = True  # outsiders do not read of it in the journal

    child = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="guardians")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)
    relation = models.CharField(max_length=40, blank=True)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["recorded_at", "id"]

    journal_related = ("child",)

    def journal_label(self, reader: Actor) -> str:
        return self.name if self.name and reader.works_at(self.child.library_id) else _now("a guardian")


class MemberType(Row):
    """A kind of member with its own lending rules, for the whole city or one library."""

    library = models.ForeignKey(Library, null=True, blank=True, on_delete=models.PROTECT, related_name="member_types")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["library", "code"], name="member_type_code_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(library__isnull=True), name="member_type_city_once"),
        ]

    def __str__(self) -> str:
        return self.name


class MemberQuerySet(models.QuerySet["Member"]):
    def visible_to(self, actor: Actor) -> Self:
        return self if actor.is_node else self.filter(library_id__in=actor.staff_of)

    def counted(self) -> Self:
        """Without those that turned out to be another member of the same library."""
        return self.filter(same_as__isnull=True)

    def current(self, day: date) -> Self:
        return self.counted().filter(ended_on__isnull=True).filter(Q(until_on__isnull=True) | Q(until_on__gte=day))

    def children(self, day: date) -> Self:
        """Members who are children on `day`, by `Person.is_child`."""
        return self.filter(person__birth_year__gte=day.year - ADULT_AGE + 1)

    def with_guardians_consent(self) -> Self:
        """Adds `has_consent`: is a guardian's consent to named membership in force?"""
        return self.annotate(has_consent=models.Exists(Consent.objects.in_force().filter(
            person=models.OuterRef("person"), purpose=Consent.Purpose.CHILD_MEMBERSHIP)))

    def without_consent(self) -> Self:
        """Members for whom no guardian has agreed."""
        return self.exclude(person__in=Consent.objects.in_force().filter(
            purpose=Consent.Purpose.CHILD_MEMBERSHIP).values("person"))


class Member(Row):
    """A person registered to borrow at her library. The number is printed; it is no secret and no key."""

    is_about_reader = True  # outsiders do not read of it in the journal

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="members")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="member")
    number = models.CharField(max_length=24)
    type = models.ForeignKey(MemberType, on_delete=models.PROTECT, related_name="members")
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    blocked_because = models.CharField(max_length=120, blank=True)
    came_from = models.CharField(max_length=12, blank=True)      # inlislite, slims, sheet: brought by an import
    number_there = models.CharField(max_length=60, blank=True)   # what she was called in it
    #: entered twice: the member whose number goes on; cards and number of this one open hers
    same_as = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="doubles")

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["library", "since_on"], name="member_by_library_since"),
                   # SQLite does not see that the partial unique index below would serve an import's question
                   models.Index(fields=["library", "number_there"], name="member_by_number_there")]
        constraints = [
            models.UniqueConstraint(fields=["library", "number"], name="member_number_once"),
            models.UniqueConstraint(fields=["library", "came_from", "number_there"], condition=~Q(came_from=""),
                                    name="member_source_once"),
        ]

    journal_related = ("person",)

    def journal_label(self, reader: Actor) -> str:
        return self.person.journal_label(reader) if reader.works_at(self.library_id) else _now("a member")


class NumberSeries(Row):
    """The last member number a library gave in a year; updating the row makes two desks wait for each other."""

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["library", "year"], name="number_series_once")]


class CardQuerySet(models.QuerySet["Card"]):
    def open(self) -> Self:
        return self.filter(ended_at__isnull=True)


class Card(Row):
    """A member's card. Its code is random and can be replaced; the old one then opens nothing.

    Cards brought by an import keep what is printed on them, as "<library code>:<printed>": such a number is not
    random, may exist at several libraries, and so means somebody at its own library only.
    """

    is_about_reader = True  # outsiders do not read of it in the journal

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="cards")
    code = models.CharField(max_length=48, unique=True)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CardQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["member"], condition=Q(ended_at__isnull=True), name="card_one_open")]

    @property
    def printed(self) -> str:
        """What stands on the card and in its QR code."""
        return self.code.rpartition(":")[2]

    def journal_label(self, reader: Actor) -> str:
        return "…" + self.code[-3:]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)


class Consent(Row):
    """Somebody agreed: to what, in which words, how it can be proved, and since when no longer."""

    is_about_reader = True  # outsiders do not read of it in the journal

    class Purpose(models.TextChoices):
        CHILD_MEMBERSHIP = "child_membership", _("named membership and lending of a child")
        CONTACT = "contact", _("messages about loans and activities")

    class How(models.TextChoices):
        SHEET = "sheet", _("signed sheet")
        CLASS_SHEET = "class_sheet", _("signed sheet of a class")
        LINK = "link", _("link opened by the guardian")
        IN_PERSON = "in_person", _("said at the desk")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    guardianship = models.ForeignKey(Guardianship, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    purpose = models.CharField(max_length=20, choices=Purpose)
    how = models.CharField(max_length=12, choices=How)
    wording = models.CharField(max_length=40)  # version of the text that was agreed to, see people.wordings
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["person", "purpose"], condition=Q(withdrawn_at__isnull=True), name="consent_in_force_once")]

    def journal_label(self, reader: Actor) -> str:
        return str(self.get_purpose_display())


class ConsentRequest(Row):
    """A link for a guardian's phone; spent by POST, once. What was agreed to by it can be withdrawn by it."""

    is_about_reader = True  # outsiders do not read of it in the journal

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consent_requests")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    is_agreed = models.BooleanField(default=False)
    revoked_at = models.DateTimeField(null=True, blank=True)  # a newer link took its place

    def is_open(self, at: datetime) -> bool:
        return self.answered_at is None and self.revoked_at is None and at < self.expires_at

    def journal_label(self, reader: Actor) -> str:
        return _now("a link")


class ConsentSheet(Row):
    """A printed sheet to be signed, for one child or a class. Its short code, printed large, finds it again."""

    is_about_reader = True  # outsiders do not read of it in the journal

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    wording = models.CharField(max_length=40)
    persons = models.ManyToManyField(Person, related_name="consent_sheets")
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)  # when its signatures were recorded

    def journal_label(self, reader: Actor) -> str:
        return self.code


class SamePerson(Row):
    """Two persons are one: of two libraries, or entered twice at one; reversible. A row that was unlinked at once says
    that somebody looked and they are two."""

    is_about_reader = True  # outsiders do not read of it in the journal

    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    linked_at = models.DateTimeField()
    unlinked_at = models.DateTimeField(null=True, blank=True)
    #: rows that went along to the number that is kept, to be brought back: {"circulation.Loan.member": [ids]}
    moved = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], condition=Q(unlinked_at__isnull=True),
                                    name="same_person_once"),
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="same_person_two"),
        ]
