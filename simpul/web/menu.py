"""What stands under "More": every other place of a role, in groups."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from simpul.activities.permissions import can_read_reports
from simpul.certificates.permissions import can_issue
from simpul.core.actor import Actor
from simpul.libraries.models import Library
from simpul.surveys.permissions import can_name_safeguarding, can_read_disclosures


@dataclass(frozen=True)
class Entry:
    name: str
    says: str
    icon: str
    url: str


@dataclass(frozen=True)
class Group:
    name: str
    entries: list[Entry]


Here = Callable[[str, str, str, str], Entry]


def _desk(here: Here) -> list[Entry]:
    return [
        here(_("Members"), _("Who may borrow; find somebody, make a new member"), "members", "people:list"),
        here(_("Due and overdue"), _("Whom to remind today, with a ready message"), "calendar", "circulation:due"),
        Entry(_("Record without a signal"), _("The app on your phone: visits, loans, activities"), "device",
              reverse("pocket:shell")),
        here(_("Records from phones"), _("What a phone told and somebody must look at"), "check", "sync:records"),
    ]


def _programme(here: Here) -> list[Entry]:
    """What a library does with its neighbourhood."""
    return [
        here(_("Voices"), _("What people would like here, and what becomes of it"), "message", "surveys:needs"),
        here(_("Learning paths"), _("Books, materials and classes in an order that leads to a skill"), "path",
             "learning:list"),
        here(_("Plans"), _("RTL and the year's work plan: what is due, what is done"), "plan", "plans:list"),
        here(_("Volunteers"), _("Duty roster, hours in one tap, letters of service"), "helpers", "volunteers:home"),
        here(_("Surveys"), _("Ask briefly; see what the answers say"), "chart", "surveys:list"),
        here(_("Partners"), _("Who stands by the library, what they gave, agreements"), "hands", "advocacy:partners"),
        here(_("Advocacy"), _("What you want of whom; the yearly road, the proposal"), "flag", "advocacy:board"),
        here(_("Publicity"), _("Where others could read about the library"), "horn", "advocacy:publicity"),
        here(_("Stories"), _("What changed for somebody, told with her"), "heart", "stories:list"),
    ]


def _replication(here: Here) -> list[Entry]:
    return [
        here(_("Journey"), _("From the workshop to an independent library: where we stand, what comes next"), "next",
             "replication:journey"),
        here(_("Workshops"), _("Name your people for a bimtek of the city"), "calendar", "training:nominate"),
        Entry(_("Peer learning"), _("What libraries bring and take home"), "members", reverse("replication:meetings")),
        here(_("Kits"), _("Programmes of the city, ready to teach and use"), "shelf", "kits:library"),
    ]


def _numbers(here: Here, library: Library) -> list[Entry]:
    """What whoever may read a library's counts may open."""
    return [
        here(_("Overview"), _("Your numbers as sentences and pictures; poster, meeting, annual report"), "chart",
             "overview:library"),
        here(_("Months"), _("Look at the month, sign it, print the report"), "check", "months:list"),
        here(_("Official reports"), _("IPLM, SIM, SNP …: filled from your records, to copy or print"), "plan",
             "reports:forms"),
        Entry(_("Numbers"), _("What is counted, and what each number means"), "chart",
              f"{reverse('indicators:list')}?tempat={library.code}"),
        here(_("Journal"), _("What was done here, by whom"), "journal", "web:library_journal"),
    ]


def _official(here: Here) -> list[Entry]:
    return [
        here(_("SIM TPBIS"), _("What is to be entered, ready to copy; what was entered"), "check", "tpbis:items"),
        here(_("National standard"), _("What is met, what is missing, into the plan in one tap"), "medal",
             "standards:standard"),
        here(_("Accreditation"), _("The evidence that is here already, and the folder"), "medal",
             "standards:accreditation"),
        here(_("Shelf of papers"), _("Decrees, procedures, policies: each brought once"), "note", "standards:shelf"),
    ]


def _keeping(here: Here) -> list[Entry]:
    """What only those who run the library may open."""
    return [
        here(_("Add books"), _("One book, by its ISBN or its title"), "plus", "catalogue:new"),
        here(_("Digital titles"), _("Files and links that can be opened online"), "download", "catalogue:digital"),
        here(_("Bring in a catalogue"), _("From SLiMS, INLISLite, MARC or a sheet"), "upload", "catalogue:imports"),
        here(_("Bring in the past"), _("Visits, loans, activities and attendance of before"), "upload",
             "operations:past"),
        here(_("The library's profile"), _("Address, hours, rooms, accessibility"), "libraries", "libraries:profile"),
        here(_("Who serves here"), _("Invite volunteers and librarians"), "helpers", "libraries:staff"),
        here(_("Lending rules"), _("How many, how long, fine or none"), "settings", "circulation:rules"),
        here(_("Phones"), _("Pair a volunteer's phone; it records without a signal"), "device", "sync:phones"),
        here(_("Tablet at the door"), _("Pair a kiosk for the guest book"), "device", "libraries:devices"),
    ]


def library_menu(actor: Actor, library: Library) -> list[Group]:
    """The places of a library's staff; what only its librarian may open is left out for volunteers."""
    def here(name: str, says: str, icon: str, url_name: str) -> Entry:
        return Entry(name, says, icon, reverse(url_name, args=[library.code]))

    numbers = Group(_("Numbers and reports"), _numbers(here, library))
    groups = [numbers]
    if actor.works_at(library.pk):
        numbers.entries[3:3] = _official(here)
        groups = [Group(_("Desk"), _desk(here)), Group(_("Programme"), _programme(here)),
                  Group(_("Replication"), _replication(here)), numbers]
    if actor.runs(library.pk):
        groups.append(Group(_("Library"), _keeping(here)))
    if can_read_reports(actor):  # she runs the library of the city
        groups.append(Group(_("City"), [Entry(
            _("Reports of activities"), _("Which library waits for a word to its report"), "check",
            reverse("activities:city_reports"))]))
    return [*groups, *_safety(actor), _own()]


def _safety(actor: Actor) -> list[Group]:
    entries = []
    if can_read_disclosures(actor):
        entries.append(Entry(_("Messages about safety"), _("Only you read these"), "message",
                             reverse("surveys:disclosures")))
    if can_name_safeguarding(actor):
        entries.append(Entry(_("Safeguarding person"), _("Who reads messages about somebody's safety"), "person",
                             reverse("surveys:safeguarding")))
    return [Group(_("Safety"), entries)] if entries else []


def _own() -> Group:
    return Group(_("You"), [
        Entry(_("Your account"), _("Name, password, second step"), "person", reverse("accounts:profile")),
        Entry(_("Help"), _("How things are done here"), "help", reverse("web:help"))])


def _replication_of_city(there: Here) -> list[Entry]:
    return [
        there(_("Replication"), _("Libraries by stage, silence, plans, training, costs"), "chart", "replication:board"),
        there(_("Whom to call today"), _("Which library waits for you, and why"), "message", "replication:mentoring"),
        there(_("What grew"), _("From the workshop to the people reached, as a tree"), "tree", "replication:cascade"),
        there(_("Peer learning"), _("What libraries bring and take home"), "members", "replication:meetings"),
        there(_("Replication kits"), _("Programmes to take over, adapt and pass on"), "shelf", "kits:city"),
    ]


def _numbers_of_city(there: Here) -> list[Entry]:
    return [
        there(_("Overview"), _("The city's numbers as sentences and pictures: reach, trends, outcomes"), "chart",
              "overview:city"),
        there(_("Months"), _("Who signed the month, who is late, what was restated"), "check", "months:city"),
        there(_("Calendar of reports"), _("What is due when, and what has to be ready"), "calendar", "months:calendar"),
        there(_("Official reports"), _("IPLM, LPPD, TKM …: filled from the records of all libraries"), "plan",
              "reports:city_forms"),
        there(_("SIM accounts and colours"), _("Who has an account, who turned red, whom to help"), "flag", "tpbis:city"),
        there(_("National standard"), _("How many meet each requirement, what is easiest next"), "medal",
              "standards:city"),
        there(_("Population"), _("How many people live where, with the source"), "helpers", "indicators:population"),
        there(_("Numbers"), _("What is counted, and what each number means"), "chart", "indicators:list"),
        there(_("Journal"), _("What was done here, by whom"), "journal", "web:city_journal"),
    ]


def _programme_of_city(there: Here) -> list[Entry]:
    return [
        there(_("Voices"), _("What people would like, library by library"), "message", "surveys:city"),
        there(_("Reports of activities"), _("Which library waits for a word to its report"), "check",
              "activities:city_reports"),
        there(_("Plans"), _("How far the libraries are with what they planned"), "plan", "plans:city"),
        there(_("Volunteers"), _("Who is helped by whom, in hours; say thank you"), "helpers", "volunteers:city"),
        there(_("Advocacy"), _("Talks, results, agreements, publicity, library by library"), "flag", "advocacy:city"),
        there(_("Partners"), _("Which partners help which libraries"), "hands", "advocacy:city_partners"),
        there(_("Stories"), _("Check them, choose the most significant, take them along"), "heart", "stories:city"),
        there(_("Phones"), _("Which libraries record by phone, which are silent, what waits"), "device", "sync:city"),
    ]


def _keeping_of_city(there: Here) -> list[Entry]:
    """What only coordinators and administrators may open."""
    return [
        there(_("Who serves the city"), _("Coordinators, mentors and their libraries"), "helpers", "libraries:city_staff"),
        there(_("Add a library"), _("A TBM, a corner, a mobile library"), "plus", "libraries:new"),
        there(_("Schools and libraries outside"), _("Who answers the IPLM by a link or a sheet"), "libraries",
              "iplm:institutions"),
        there(_("LPPD"), _("Berita acara, signed scans, published indices"), "check", "iplm:berita_acara"),
        there(_("The city's anniversary"), _("A day of the year that libraries plan for"), "calendar",
              "activities:anniversary"),
        there(_("E-mail that goes out"), _("What was sent, what waits, what did not arrive"), "message", "outbox:city"),
    ]


def city_menu(actor: Actor) -> list[Group]:
    """The places of coordinators, administrators and mentors."""
    def there(name: str, says: str, icon: str, url_name: str) -> Entry:
        return Entry(name, says, icon, reverse(url_name))

    replication = _replication_of_city(there)
    if can_issue(actor):
        replication += [
            there(_("Workshops"), _("Plan a bimtek, invite, presence, tests, certificates, the SPJ folder"), "calendar",
                  "training:table"),
            there(_("Certificates"), _("Issue, print, bring back signed ones, find one"), "medal", "certificates:table")]
    groups = [Group(_("Replication"), replication), Group(_("Numbers and reports"), _numbers_of_city(there)),
              Group(_("Programme"), _programme_of_city(there))]
    if actor.is_coordinator or actor.is_administrator:
        groups.append(Group(_("City"), _keeping_of_city(there)))
    return [*groups, *_safety(actor), _own()]
