"""What is asked about certificates."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet

from simpul.certificates.badges.baking import credentials_in
from simpul.certificates.badges.keyfile import KeyFile, PublicKey, Revoked
from simpul.certificates.badges.payload import Issuer
from simpul.certificates.models import Batch, Certificate, SigningKey
from simpul.files.pictures import Prepared
from simpul.libraries.models import City

PROFILE = "sertifikat/penerbit/"
PATTERN = re.compile(r"([^{}]*)\{n(?::0([1-9]))?\}([^{}]*)")


def address() -> str:
    """Where this node is reached by everybody, or "" where it has no public name."""
    return f"{'https' if settings.IS_HTTPS else 'http'}://{settings.HOST}/" if settings.HOST else ""


def issuer_of(name: str) -> Issuer:
    """Who signs credentials: the profile's address, or a URN of the city where the node has no public name."""
    base = address()
    if base:
        return Issuer(f"{base}{PROFILE}", name, f"{base}{PROFILE}pencabutan/")
    id = f"urn:uuid:{city().pk}"
    return Issuer(id, name, f"{id}#revocations")


def city() -> City:
    """The city of this node; there is one once it is set up."""
    return City.objects.select_related("region").get()


def service_name() -> str:
    """What the office is called on paper until somebody writes it otherwise."""
    found = City.objects.first()
    return f"Dinas Perpustakaan dan Arsip Daerah {found.name}" if found else "Dinas Perpustakaan"


def numbered(pattern: str, n: int) -> str:
    """The n-th number of a pattern with one {n} or {n:03}. ValueError: it is no pattern."""
    match = PATTERN.fullmatch(pattern)
    if match is None:
        raise ValueError(pattern)
    return f"{match[1]}{str(n).zfill(int(match[2] or 1))}{match[3]}"


def next_ordinal(pattern: str) -> int:
    """The first number of this pattern that nobody has yet, after all that were given."""
    last = Certificate.objects.filter(batch__pattern=pattern).aggregate(last=Max("ordinal"))["last"]
    return (last or 0) + 1


@dataclass(frozen=True)
class BatchLine:
    """A batch with what became of its certificates; `standing` are issued and not signed yet."""

    batch: Batch
    drafts: int
    standing: int
    returned: int
    ended: int

    @property
    def total(self) -> int:
        return self.drafts + self.standing + self.returned


def with_counts(batches: QuerySet[Batch]) -> QuerySet[Batch]:
    def n(*states: str) -> Count:
        return Count("certificates", filter=Q(certificates__state__in=states))

    state = Certificate.State
    return batches.annotate(n_draft=n(state.DRAFT), n_issued=n(state.ISSUED), n_returned=n(state.RETURNED),
                            n_ended=n(state.REVOKED, state.REPLACED))


def line_of(batch: Any) -> BatchLine:
    """Of a batch that came `with_counts`."""
    return BatchLine(batch, batch.n_draft, batch.n_issued, batch.n_returned, batch.n_ended)


def found(text: str) -> QuerySet[Certificate]:
    """Certificates by a part of the name or number, the newest first."""
    text = text.replace("\x00", "").strip()[:80]
    rows = Certificate.objects.select_related("batch").order_by("-made_at", "ordinal", "name")
    return rows.filter(Q(name__icontains=text) | Q(number__icontains=text)) if text else rows.none()


@dataclass(frozen=True)
class Checked:
    """What the public page tells: state is valid, revoked, replaced or unknown; nothing else about her but the name."""

    state: str
    certificate: Certificate | None = None


def checked(token: str) -> Checked:
    """One query. Drafts and certificates whose name was erased are as unknown as a made-up address."""
    row = Certificate.objects.select_related("batch").filter(
        check_token=token.replace("\x00", "")).exclude(state=Certificate.State.DRAFT).exclude(name="").first()
    if row is None:
        return Checked("unknown")
    return Checked("valid" if row.is_given else row.state, row)


def own(token: str) -> Certificate | None:
    """Her certificate by her own link; a draft is not there yet."""
    return Certificate.objects.select_related("batch", "official", "replaced_by").filter(
        own_token=token.replace("\x00", "")).exclude(state=Certificate.State.DRAFT).exclude(name="").first()


# --- keys and revocations ----------------------------------------------------------------------------------

def revocations(issuer: str = "") -> dict[str, Revoked]:
    """What is on the list, in the order it came; `issuer` narrows to credentials of this URI."""
    rows = Certificate.objects.withdrawn().filter(revoked_at__isnull=False)
    if issuer:
        rows = rows.filter(key__issuer=issuer)
    return {row.credential_uri: Revoked(row.revoked_at, row.reason or "replaced")  # type: ignore[arg-type]
            for row in rows.only("id", "revoked_at", "reason").order_by("revoked_at", "pk")}


def key_file(at: datetime, signed_by: SigningKey) -> KeyFile:
    """Everything that a verification without this node needs, as of `at`."""
    keys = {}
    for row in SigningKey.objects.order_by("made_at", "pk"):
        known: frozenset[str] = frozenset()
        if row.withdrawn_from:
            known = frozenset(row.certificates.exclude(credential_sha256="").values_list("credential_sha256", flat=True))
        keys[row.kid] = PublicKey(row.kid, row.issuer, row.x, row.made_at, row.retired_at, row.withdrawn_from, known)
    return KeyFile(at, service_name(), keys, revocations(), signed_by.kid)


# --- signed files that come back ---------------------------------------------------------------------------

def slug(text: str) -> str:
    """Letters and digits in lower case, everything else one hyphen: "421.9/001-DPAD" is "421-9-001-dpad"."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))


@dataclass(frozen=True)
class Matched:
    """Which file is whose, and the names of files that are nobody's or that two claim."""

    files: list[tuple[Certificate, Prepared]]
    unmatched: list[str]
    doubled: list[str]


def match_signed(batch: Batch, files: Sequence[Prepared]) -> Matched:
    """By the credential in the PDF, else by the register number in the file's name (the longest that fits)."""
    rows = list(batch.certificates.filter(state__in=(Certificate.State.ISSUED, Certificate.State.RETURNED)))
    by_credential = {row.credential: row for row in rows}
    slugs = sorted(((slug(row.number or ""), row) for row in rows), key=lambda pair: -len(pair[0]))
    matched: dict[Any, tuple[Certificate, Prepared]] = {}
    unmatched, doubled = [], []
    for file in files:
        inside = credentials_in(file.content)
        row = by_credential.get(inside[0]) if len(inside) == 1 else None
        if row is None and not inside:
            row = _named(slugs, file.given_name)
        if row is None:
            unmatched.append(file.given_name)
        elif row.pk in matched:
            doubled.append(file.given_name)
        else:
            matched[row.pk] = (row, file)
    return Matched(list(matched.values()), unmatched, doubled)


def _named(slugs: list[tuple[str, Certificate]], name: str) -> Certificate | None:
    where = f"-{slug(name.rsplit('.', 1)[0])}-"
    fitting = [(one, row) for one, row in slugs if f"-{one}-" in where]
    if not fitting or (len(fitting) > 1 and len(fitting[0][0]) == len(fitting[1][0])):
        return None
    return fitting[0][1]
