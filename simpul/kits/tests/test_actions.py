"""Installing, adapting, upgrading, giving on: at one node."""

from datetime import timedelta
from typing import Any

import pytest

from simpul.certificates.actions import rotate_key
from simpul.core.actor import COMMAND, SCHEDULE, Actor
from simpul.core.ids import new_id
from simpul.core.models import JournalLine
from simpul.core.refusal import NotAllowed, Refusal
from simpul.kits import actions, schedule
from simpul.kits.models import Adaptation, Adoption, Conflict, Edition, Item, Kit, Parcel, Release, TrustedKey
from simpul.kits.package import read
from simpul.kits.queries import difference, is_own_key, kits_for, open_conflicts, shown, users_of
from simpul.kits.tests.conftest import counted, item
from simpul.kits.tests.making import KEY, OTHER, SESSION, STAGE, URI, kit, oid, x_of
from simpul.libraries.models import Library

TWO = {"siapkan": ("stage", STAGE), "advokasi": ("session", SESSION)}


def refusal(do: Any) -> Refusal:
    with pytest.raises(Refusal) as refused:
        do()
    return refused.value


def reads(name: str) -> dict[str, Any]:
    row = item(name)
    return next(one.words for one in shown(row.kit) if one.item.pk == row.pk)


def test_a_valid_signature_by_an_unknown_key_is_not_trusted(city: Any, who: Any) -> None:
    before = counted()
    told = refusal(lambda: actions.install_kit(content=kit(), **who()))
    assert (told.code, told.facts["part"], counted()) == ("not_trusted", read(kit()).fingerprint, before)
    key = actions.trust_key(x=x_of(KEY), name="Dinas A", **who())
    release = actions.install_kit(content=kit(), **who())
    assert (release.kit.uri, release.version, release.signer, release.x) == (URI, "1.0.0", "Dinas A", key.x)
    actions.distrust_key(key=key, **who())
    assert refusal(lambda: actions.install_kit(content=kit("1.1.0"), **who())).code == "not_trusted"
    assert Kit.objects.get().version == "1.0.0"


def test_the_preview_is_the_installation_rolled_back(city: Any, who: Any, by_coordinator: Actor, at: Any) -> None:
    lines = JournalLine.objects.count()
    seen = actions.preview_kit(content=kit(), by=by_coordinator, at=at)
    assert (seen.is_trusted, seen.refusal, seen.installed) == (False, "", "")
    assert (counted(), JournalLine.objects.count(), TrustedKey.objects.count()) == (
        {"Kit": 0, "Release": 0, "Item": 0}, lines, 0)
    actions.trust_key(x=x_of(KEY), name="Dinas A", **who())
    assert actions.install_kit(content=kit(), **who()).report == seen.report
    assert [one["title"] for one in seen.report["added"]] == ["Menyiapkan", "Advokasi"]


@pytest.mark.parametrize(("content", "code"), [
    (kit("0.9.0"), "downgrade"), (kit(), "already"), (kit(summary="Lain"), "other_contents"),
    (kit("1.1.0", simpul="99.0.0"), "needs_simpul"),
    (kit("1.1.0", kits=[{"id": "urn:simpul:kit:x", "version": "1.0.0"}]), "needs_kit"),
    (kit("1.1.0", {"a": ("indicator", {"title": "K", "indicator": "visits", "version": 99, "why": ""})}), "indicator"),
    (kit("1.1.0", {"a": ("indicator", {"title": "K", "indicator": "no_such_thing", "version": 1, "why": ""})}), "indicator"),
    (kit("1.1.0", {"a": ("own_indicator", {
        "title": "K", "code": "visits", "meaning": "lain", "over_time": "sum", "over_place": "sum"})}), "core_indicator"),
    (kit("1.1.0")[:-9], "zip"),
])
def test_what_this_node_cannot_take_changes_nothing(content: bytes, code: str, install: Any) -> None:
    install(kit())
    before = (counted(), list(Item.objects.values()), list(Kit.objects.values()), JournalLine.objects.count())
    assert refusal(lambda: install(content)).code == code
    assert (counted(), list(Item.objects.values()), list(Kit.objects.values()), JournalLine.objects.count()) == before


def test_twice_the_same_click_is_one_installation(trusted: None, who: Any) -> None:
    same = who()
    assert actions.install_kit(content=kit(), **same).pk == actions.install_kit(content=kit(), **same).pk
    assert counted() == {"Kit": 1, "Release": 1, "Item": 2}


def test_only_the_coordinator_keeps_kits(install: Any, by_librarian: Actor, at: Any, library: Library) -> None:
    row = install(kit()).kit
    by = {"by": by_librarian, "at": at}
    for do in (lambda: actions.install_kit(content=kit("1.1.0"), id=new_id(), **by),
               lambda: actions.install_shipped(key="bimtek-tpbis", id=new_id(), **by),
               lambda: actions.bring_kit(content=kit("1.1.0"), id=new_id(), **by),
               lambda: actions.preview_kit(content=kit("1.1.0"), **by),
               lambda: actions.trust_key(x=x_of(OTHER), name="x", id=new_id(), **by),
               lambda: actions.adapt_item(item=item("siapkan"), texts={"aim": "x"}, id=new_id(), **by),
               lambda: actions.publish_own(kit=row, uri="urn:simpul:kit:b", version="1.0.0", title="x", id=new_id(), **by)):
        with pytest.raises(NotAllowed):
            do()


def test_what_reads_differently_here_is_a_difference_on_the_origin(install: Any, who: Any) -> None:
    install(kit())
    row = item("advokasi")
    actions.adapt_item(item=row, texts={"steps/main/how": "Dua menit.", "notes": row.content["notes"], "jp": 2}, **who())
    row.refresh_from_db()
    assert (row.content, difference(row)) == (SESSION, {"steps/main/how": "Dua menit.", "jp": 2})
    assert [step["how"] for step in reads("advokasi")["steps"]] == ["Bertanya.", "Dua menit."]
    assert row.adaptations.get(field="jp").was == 1
    actions.adapt_item(item=row, texts={"steps/main/how": "Tiga menit.", "jp": 1}, **who())
    assert difference(row) == {"steps/main/how": "Tiga menit."}
    assert Adaptation.objects.count() == 3  # nothing that was written is deleted
    first = row.adaptations.get(value="Dua menit.")
    actions.resume_adaptation(adaptation=first, **who())
    assert difference(row) == {"steps/main/how": "Dua menit."}
    actions.restore_origin(adaptation=first, **who())
    assert (difference(row), reads("advokasi")) == ({}, SESSION)


@pytest.mark.parametrize(("texts", "field"), [
    ({"aim": "x" * 900}, "aim"), ({"title": " "}, "title"), ({"nothing": "x"}, "nothing"), ({"evidence": "x"}, "evidence"),
    ({"aim": "Hubungi 0812 3456 7890"}, "aim"), ({"steps/buka/how": "x"}, "steps/buka/how"),
])
def test_what_does_not_fit_is_refused_beside_its_field(texts: dict[str, Any], field: str, install: Any, who: Any) -> None:
    install(kit())
    assert refusal(lambda: actions.adapt_item(item=item("siapkan"), texts=texts, **who())).field == field
    assert Adaptation.objects.count() == 0


def test_indicators_of_the_house_are_locked(install: Any, who: Any) -> None:
    install(kit(objects={"a": ("indicator", {"title": "Kunjungan", "indicator": "visits", "version": 1, "why": "Begitu."})}))
    for texts in ({"version": 2}, {"indicator": "loans"}):
        assert refusal(lambda t=texts: actions.adapt_item(item=item("a"), texts=t, **who())).code == "locked"
    actions.adapt_item(item=item("a"), texts={"why": "Karena."}, **who())
    assert (reads("a")["why"], reads("a")["version"]) == ("Karena.", 1)


@pytest.fixture
def upgraded(install: Any, who: Any) -> Release:
    """Version 1 adapted in four fields; version 2 changes one of them, says one as here, drops an adapted and an
    untouched object."""
    install(kit(objects=TWO | {"lama": ("stage", STAGE | {"title": "Lama"}), "usang": ("stage", STAGE | {"title": "Usang"})}))
    actions.adapt_item(item=item("advokasi"), texts={
        "notes": "Catatan kami.", "steps/main/how": "Dua menit.", "speaker": "Lurah"}, **who())
    actions.adapt_item(item=item("lama"), texts={"aim": "Tetap di sini."}, **who())
    own = actions.add_item(kit=Kit.objects.get(), kind="task", content={
        "title": "Milik kami", "day": "T+5", "who": "", "how": "", "set": "optional"}, **who())
    assert own.is_own
    steps = [SESSION["steps"][0] | {"how": "Bertanya dua kali."}, SESSION["steps"][1] | {"how": "Lima menit."}]
    return install(kit("1.1.0", {"siapkan": ("stage", STAGE | {"aim": "Lebih siap."}), "advokasi": ("session", SESSION | {
        "steps": steps, "speaker": "Lurah"}), "baru": ("stage", STAGE | {"title": "Baru"})}))


def test_an_upgrade_meets_what_was_written_here_field_by_field(upgraded: Release) -> None:
    told = {name: [(one["title"], one["fields"]) for one in rows] for name, rows in upgraded.report.items() if name != "from"}
    assert told == {
        "added": [("Baru", [])],
        "changed": [("Menyiapkan", ["aim"]), ("Advokasi", ["speaker", "steps/buka/how", "steps/main/how"])],
        "kept": [("Advokasi", ["notes"]), ("Lama", ["aim"])], "conflicts": [("Advokasi", ["steps/main/how"])],
        "taken_over": [("Advokasi", ["speaker"])], "gone": [("Usang", [])]}
    words = reads("advokasi")
    assert (words["notes"], words["speaker"], [step["how"] for step in words["steps"]]) == (
        "Catatan kami.", "Lurah", ["Bertanya dua kali.", "Dua menit."])
    assert reads("siapkan")["aim"] == "Lebih siap."
    assert sorted(one.title for one in shown(upgraded.kit)) == ["Advokasi", "Baru", "Lama", "Menyiapkan", "Milik kami"]
    assert (item("lama").gone_in, reads("lama")["aim"], item("usang").gone_in) == ("1.1.0", "Tetap di sini.", "1.1.0")


@pytest.mark.parametrize(("decision", "expected"), [("ours", "Dua menit."), ("theirs", "Lima menit.")])
def test_a_person_decides_and_may_decide_again(decision: str, expected: str, upgraded: Release, who: Any) -> None:
    (clash,) = open_conflicts(upgraded.kit)
    assert (clash.row.base, clash.row.theirs, clash.row.ours) == ("Satu menit.", "Lima menit.", "Dua menit.")
    actions.decide(conflict=clash.row, decision=decision, **who())
    assert (reads("advokasi")["steps"][1]["how"], open_conflicts(upgraded.kit)) == (expected, [])
    actions.decide(conflict=clash.row, decision="ours", **who())
    assert reads("advokasi")["steps"][1]["how"] == "Dua menit."
    assert refusal(lambda: actions.decide(conflict=clash.row, decision="both", **who())).field == "decision"


def test_a_third_version_asks_again_only_what_is_new(upgraded: Release, install: Any) -> None:
    steps = [SESSION["steps"][0], SESSION["steps"][1] | {"how": "Enam menit."}]
    install(kit("1.2.0", {"advokasi": ("session", SESSION | {"steps": steps}), "usang": ("stage", STAGE | {"title": "Usang"})}))
    (clash,) = open_conflicts(upgraded.kit)
    assert (clash.row.base, clash.row.theirs, clash.row.ours) == ("Lima menit.", "Enam menit.", "Dua menit.")
    assert Conflict.objects.filter(decided_at__isnull=True).count() == 1
    assert item("usang").gone_in == ""  # it came back


def test_writing_it_anew_answers_the_conflict_or_keeps_it_open(upgraded: Release, who: Any) -> None:
    actions.adapt_item(item=item("advokasi"), texts={"steps/main/how": "Tujuh menit."}, **who())
    (clash,) = open_conflicts(upgraded.kit)
    assert clash.row.ours == "Tujuh menit."
    actions.adapt_item(item=item("advokasi"), texts={"steps/main/how": "Lima menit."}, **who())
    assert open_conflicts(upgraded.kit) == []


def test_our_own_object_comes_and_goes_and_no_upgrade_touches_it(upgraded: Release, who: Any) -> None:
    own = Item.objects.get(is_own=True)
    actions.remove_item(item=own, **who())
    assert "Milik kami" not in [one.title for one in shown(upgraded.kit)]
    actions.restore_item(item=own, **who())
    assert "Milik kami" in [one.title for one in shown(upgraded.kit)]
    assert refusal(lambda: actions.remove_item(item=item("siapkan"), **who())).code == "wrong_text"
    assert refusal(lambda: actions.add_item(kit=upgraded.kit, kind="indicator", content={}, **who())).field == "kind"


def test_a_kit_goes_on_as_it_came_or_as_our_own_with_its_origin(upgraded: Release, who: Any, install: Any) -> None:
    row = upgraded.kit
    assert read(bytes(actions.as_it_came(row).archive)).key == x_of(KEY)
    made = actions.publish_own(kit=row, uri="urn:simpul:kit:tangerang", version="1.0.0", title="Kit Tangerang", **who())
    file = read(bytes(made.archive))
    assert file.told["derivedFrom"] == {"id": URI, "version": "1.1.0", "hash": upgraded.hash}
    assert [(one["name"], one["role"], one["kit"]) for one in file.told["credits"]] == [
        ("Dinas A", "author", URI), ("Dinas Perpustakaan dan Arsip Daerah Kota Tangerang", "adapted", URI)]
    assert (file.told["licence"], file.hash, is_own_key(file.key)) == (row.licence, made.hash, True)
    origins = {one.content["title"]: (one.origin["kit"], one.origin["version"]) for one in file.things}
    assert origins == {"Menyiapkan": (URI, "1.1.0"), "Baru": (URI, "1.1.0"), "Advokasi": ("urn:simpul:kit:tangerang", "1.0.0"),
                       "Lama": ("urn:simpul:kit:tangerang", "1.0.0"), "Milik kami": ("urn:simpul:kit:tangerang", "1.0.0")}
    for uri, version, field in ((URI, "1.0.0", "uri"), ("ftp://x", "1.0.0", "uri"),
                                ("urn:simpul:kit:tangerang", "1.0.0", "version"), ("urn:simpul:kit:tangerang", "x", "version")):
        assert refusal(lambda u=uri, v=version: actions.publish_own(
            kit=row, uri=u, version=v, title="x", **who())).field == field
    assert (Edition.objects.count(), actions.next_version("urn:simpul:kit:tangerang")) == (1, "1.1.0")
    again = install(bytes(made.archive)).kit  # at home it is a kit of its own
    twice = read(bytes(actions.publish_own(kit=again, uri="urn:simpul:kit:lagi", version="1.0.0", title="x", **who()).archive))
    assert [one["role"] for one in twice.told["credits"]] == ["author", "adapted", "adapted"]


def test_a_name_of_this_city_is_in_no_export(install: Any, who: Any, make_member: Any, librarian: Any) -> None:
    """Persons, accounts and their numbers stand nowhere in what goes out."""
    make_member("Zubaidah Rahmawati", phone="+6281399887766")
    row = install(kit()).kit
    actions.adapt_item(item=item("siapkan"), texts={"aim": "Lain di sini."}, **who())
    made = actions.publish_own(kit=row, uri="urn:simpul:kit:tangerang", version="1.0.0", title="Kit", **who())
    told = read(bytes(made.archive))
    text = str(told.told) + str([one.content for one in told.things])
    assert [word for word in ("Zubaidah", "81399887766", librarian.name, "Siti Rahayu", librarian.phone) if word in text] == []
    assert refusal(lambda: actions.publish_own(kit=row, uri="urn:simpul:kit:b", version="1.0.0", title="Kit",
                                               changes="Tanya 0813-9988-7766", **who())).code == "personal"


def test_the_kit_of_the_house_is_signed_by_this_node(city: Any, who: Any) -> None:
    release = actions.install_shipped(key="bimtek-tpbis", **who())
    assert (release.kit.version, release.kit.items.count(), release.signer) == ("1.0.0", 62, "Simpul")
    assert [one.words["day"] for one in shown(release.kit, ["task"])][:4] == ["T-30", "T-30", "T-28", "T-21"]
    assert [one.title for one in shown(release.kit, ["session"])][:2] == ["Registrasi dan pembukaan", "Pre-test"]
    assert refusal(lambda: actions.install_shipped(key="bimtek-tpbis", **who())).code == "already"
    rotate_key(by=COMMAND, at=who()["at"], id=new_id())
    assert is_own_key(release.x)  # an older key of ours is still ours


def test_a_library_says_at_which_version_it_works(install: Any, library: Library, by_librarian: Actor, by_stranger: Actor,
                                                  at: Any) -> None:
    row = install(kit()).kit
    who = {"by": by_librarian, "at": at}
    with pytest.raises(NotAllowed):
        actions.adopt_kit(library=library, kit=row, id=new_id(), by=by_stranger, at=at)
    first = actions.adopt_kit(library=library, kit=row, id=new_id(), **who)
    assert actions.adopt_kit(library=library, kit=row, id=new_id(), **who).pk == first.pk
    row = install(kit("1.1.0")).kit
    (line,) = kits_for(library)
    assert (line.adoption, line.can_follow, [one.version for one in users_of(row)]) == (first, True, ["1.0.0"])
    second = actions.adopt_kit(library=library, kit=row, id=new_id(), **who)
    assert [(one.version, one.ended_on) for one in Adoption.objects.order_by("version")] == [
        ("1.0.0", at.date()), ("1.1.0", None)]
    actions.leave_kit(adoption=second, id=new_id(), **who)
    assert users_of(row) == []


def test_a_file_waits_a_week_at_most(trusted: None, who: Any, at: Any) -> None:
    kept, left = actions.bring_kit(content=kit(), **who()), actions.bring_kit(content=kit("1.1.0"), **who())
    actions.install_kit(content=bytes(kept.archive), parcel=kept, **who())
    assert (schedule.run(at + timedelta(days=7)), schedule.run(at + timedelta(days=8)), schedule.run(at + timedelta(days=9))) == (
        0, 1, 0)
    assert [(bytes(one.archive), one.settled_at is None) for one in Parcel.objects.all()] == [(b"", False)] * 2
    third = actions.bring_kit(content=kit("1.2.0"), **who())
    actions.lay_aside(parcel=third, **who())
    assert (Parcel.objects.get(pk=third.pk).settled_at, left.version) == (at, "1.1.0")
    assert JournalLine.objects.filter(by_kind=SCHEDULE.kind).count() == 1


def test_words_of_the_readers_language_stand_where_the_kit_has_them(install: Any) -> None:
    from django.utils import translation

    words = {"title": "English", "language": "en", "texts": [
        {"key": "t1", "object": oid("siapkan"), "field": "title", "text": "Prepare"}]}
    row = install(kit(objects=TWO | {"en": ("texts", words)})).kit
    with translation.override("en"):
        assert [one.title for one in shown(row, ["stage"])] == ["Prepare"]
    with translation.override("id"):
        assert [one.title for one in shown(row, ["stage"])] == ["Menyiapkan"]
