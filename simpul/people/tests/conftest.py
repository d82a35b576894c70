"""What tests of people share."""

import io

import pytest
from PIL import Image

from simpul.core.ids import new_id
from simpul.files.pictures import Prepared, prepare_picture
from simpul.people.actions import ConsentGiven, GuardianGiven, enrol_member, record_consent

GUARDIAN = GuardianGiven("Dian Pratama", "0812-9876-5432", "ibu")


@pytest.fixture
def enrol(library, by_librarian, at):
    """Enrols at the desk; each keyword replaces a usual value."""
    def do(name="Nurul Hidayah", **given):
        values = {"library": library, "name": name, "birth_year": 1990, "sex": "P", "phone": "", "guardian": None,
                  "by": by_librarian, "at": at, "id": new_id()} | given
        return enrol_member(**values)
    return do


@pytest.fixture
def child(enrol):
    """Rafi, nine years old, with his mother; nobody has agreed yet."""
    return enrol("Rafi Pratama", birth_year=2017, sex="L", guardian=GUARDIAN)


@pytest.fixture
def picture() -> Prepared:
    """A photographed sheet, as the form hands it on."""
    return prepare_picture(picture_file())


def picture_file(name: str = "lembar.jpg") -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.name = name
    out.seek(0)
    return out


@pytest.fixture
def agree(library, by_librarian, at):
    """A guardian says yes at the desk for these members."""
    def do(*members, **given):
        values = {"library": library, "given": [ConsentGiven(m.person_id) for m in members], "how": "in_person",
                  "by": by_librarian, "at": at, "id": new_id()} | given
        return record_consent(**values)
    return do
