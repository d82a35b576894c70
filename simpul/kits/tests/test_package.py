"""A file is taken whole or refused whole, with one reason."""

import io
import json
import stat
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simpul.kits.actions.refusals import REASONS
from simpul.kits.package import BadKit, digest, kinds, newer, read
from simpul.kits.package.manifest import NAME, fingerprint
from simpul.kits.package.reading import MOST_BYTES, MOST_OF_PART, MOST_PARTS
from simpul.kits.package.writing import sign_with
from simpul.kits.shipped import archive, shipped
from simpul.kits.tests.making import KEY, OTHER, SESSION, STAGE, kit, oid, resigned, with_parts, x_of, zipped

CODES = tuple(REASONS)  # every reason has its sentence
STAGE_PATH = "programme/stage-siapkan.json"


def code_of(content: bytes) -> str:
    with pytest.raises(BadKit) as refused:
        read(content)
    return refused.value.code


def test_a_kit_holds_what_was_put_in_and_the_same_makes_the_same_bytes() -> None:
    told = read(kit())
    assert (told.id, told.version, told.title, told.signer, told.key) == (
        "urn:simpul:kit:uji", "1.0.0", "Kit uji", "Dinas A", x_of(KEY))
    assert [(one.id, one.kind, one.content) for one in told.things] == [
        (oid("siapkan"), "stage", STAGE), (oid("advokasi"), "session", SESSION)]
    assert [dict(one.origin) for one in told.things] == [
        {"kit": told.id, "version": "1.0.0", "hash": digest(one.content)} for one in told.things]
    assert kit() == kit()


def test_the_fingerprint_is_read_out_in_eight_groups() -> None:
    assert fingerprint(x_of(KEY)) == "e3ca cd5c 2d93 1295 a64f 6c3b b3f6 ea58"


@pytest.mark.parametrize(("name", "code"), [
    ("../outside.json", "unsafe_name"), ("/etc/passwd.json", "unsafe_name"), ("programme/../../x.json", "unsafe_name"),
    ("programme\\..\\x.json", "unsafe_name"), ("c:/x.json", "unsafe_name"), ("programme/./x.json", "unsafe_name"),
    ("programme/" + "a" * 90 + ".json", "name"), ("programme/ä.json", "name"), ("programme/x y.json", "name"),
    ("a/b/c/d/e.json", "name"), ("programme//x.json", "name"), ("programme/x.json/", "name"),
    ("Programme/Stage-Siapkan.json", "twice"), ("programme/x.exe", "type"), ("programme/inner.kit.zip", "type"),
    ("programme/more.json", "extra"),
])
def test_a_part_with_a_wrong_name_refuses_the_whole(name: str, code: str) -> None:
    assert code_of(with_parts(lambda parts: parts.update({name: b"{}"}))) == code


def test_two_parts_of_one_name_are_refused() -> None:
    out = io.BytesIO(kit())
    with zipfile.ZipFile(out, "a") as archive_, pytest.warns(UserWarning, match="Duplicate name"):
        archive_.writestr(STAGE_PATH, b"{}")
    assert code_of(out.getvalue()) == "twice"


@pytest.mark.parametrize(("attribute", "value", "code"), [
    ("external_attr", (stat.S_IFLNK | 0o777) << 16, "link"), ("external_attr", (stat.S_IFCHR | 0o600) << 16, "link"),
    ("external_attr", (stat.S_IFDIR | 0o755) << 16, "link"), ("compress_type", zipfile.ZIP_BZIP2, "packing"),
    ("compress_type", zipfile.ZIP_LZMA, "packing"),
])
def test_links_and_odd_packing_are_refused(attribute: str, value: int, code: str) -> None:
    assert code_of(zipped({NAME: b"{}", STAGE_PATH: b"{}"}, lambda entry: setattr(entry, attribute, value))) == code


def test_a_locked_part_is_refused() -> None:
    content = bytearray(zipped({"a.json": b"{}"}))
    place = content.index(b"PK\x01\x02")
    struct.pack_into("<H", content, place + 8, 1)  # the flag of encryption in the directory
    assert code_of(bytes(content)) == "encrypted"


def test_bombs_are_refused_before_they_unpack() -> None:
    assert code_of(b"x" * (MOST_BYTES + 1)) == "size"
    assert code_of(with_parts(lambda parts: parts.update({"programme/x.json": b" " * (MOST_OF_PART + 1)}))) == "size"
    assert code_of(zipped({f"programme/x{n}.json": b" " * 300_000 for n in range(41)})) == "size"  # all together
    assert code_of(zipped({f"programme/x{n}.json": b" " * 300_000 for n in range(4)})) == "ratio"
    assert code_of(zipped({f"programme/x{n}.json": b"{}" for n in range(MOST_PARTS + 1)})) == "count"
    assert code_of(zipped({})) == "count"


def test_a_part_that_says_it_is_small_is_not_believed() -> None:
    content = bytearray(zipped({"a.json": b"{}" + b" " * 5_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", content, content.index(mark) + place, 2)
    assert code_of(bytes(content)) in ("size", "zip")


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06", b"\x00" * 100, kit()[:-30], kit()[50:], b"%PDF-1.7"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert code_of(content) == "zip"


def test_missing_and_changed_parts_are_refused() -> None:
    assert code_of(with_parts(lambda parts: parts.pop(NAME))) == "manifest"
    assert code_of(with_parts(lambda parts: parts.pop(STAGE_PATH))) == "missing"
    assert code_of(with_parts(lambda parts: parts.update({STAGE_PATH: parts[STAGE_PATH] + b" "}))) == "hash"


@pytest.mark.parametrize(("part", "code"), [
    (b'{"a": 1, "a": 2}', "json"), (b"[]", "json"), (b"nonsense", "json"), (b'{"a": NaN}', "json"), (b'{"a": 1.5}', "json"),
    (b'{"a": 1' + b"0" * 30 + b"}", "json"), (b'{"a": "\xff"}', "json"), (b'{"a":' * 2_000 + b"1" + b"}" * 2_000, "deep"),
    (b'{"a":' * 12 + b"1" + b"}" * 12, "deep"), (b'{"a": "' + b"x" * 13_000 + b'"}', "text"), (b'{"a": "\\u0000"}', "text"),
    (b'{"a": "\\ud800"}', "text"), (b'{"a": "\\u202e"}', "text"),
])
def test_odd_json_is_refused(part: bytes, code: str) -> None:
    assert code_of(with_parts(lambda parts: parts.update({NAME: part}))) == code


def _set(**values: Any) -> Any:
    return lambda told, _parts: told.update(values)


def _object(**values: Any) -> Any:
    return lambda told, _parts: told["objects"][0].update(values)


@pytest.mark.parametrize(("change", "code"), [
    (_set(id="javascript:alert(1)"), "field"), (_set(id="../../x"), "field"), (_set(version="1.0"), "field"),
    (_set(version="01.0.0"), "field"), (_set(version=1), "field"), (_set(format="simpul-kit/9"), "field"),
    (_set(title=""), "field"), (_set(title={}), "field"), (_set(licence="CC-BY-ND-4.0"), "licence"),
    (_set(licence="proprietary"), "licence"), (_set(objects=[]), "field"), (_set(objects={}), "field"),
    (_set(credits=[]), "field"), (_set(credits=["Dinas"]), "field"), (_set(languages=["<b>"]), "field"),
    (_set(changelog=[{"version": "1.0.0", "date": "2026-02-30", "text": ""}]), "field"), (_set(requires=[]), "field"),
    (_set(requires={"simpul": "0.1.0", "kits": [{"id": 1}]}), "field"), (_set(derivedFrom="x"), "field"),
    (_set(signedBy={"name": "x"}), "unsigned"), (_set(more=1), "field"), (_set(files=[]), "field"),
    (lambda told, _parts: told.pop("credits"), "field"), (lambda told, _parts: told.pop("signedBy"), "unsigned"),
    (_object(kind="virus"), "kind"), (_object(kind=[]), "field"), (_object(id="1"), "field"),
    (_object(path="kit.json"), "missing"), (_object(path="programme/none.json"), "missing"), (_object(hash="0" * 64), "hash"),
    (_object(origin={"kit": "urn:simpul:kit:uji", "version": "1.0.0", "hash": "1" * 64}), "hash"), (_object(origin={}), "field"),
    (_object(id=oid("advokasi")), "twice"), (lambda told, _parts: told["objects"].pop(), "extra"),
    (lambda told, _parts: told["objects"].append(1), "field"),
])
def test_a_kit_json_that_is_not_as_kits_say_it_is_refused(change: Any, code: str) -> None:
    def altered(told: dict[str, Any], parts: dict[str, bytes]) -> None:
        files = dict(told["files"])
        change(told, parts)
        if not isinstance(told["files"], dict):
            told["files"] = files | {"x.json": 1}

    assert code_of(resigned(altered)) == code


@pytest.mark.parametrize(("content", "code"), [
    (STAGE | {"more": "x"}, "field"), (STAGE | {"aim": 7}, "field"), (STAGE | {"evidence": "x"}, "field"),
    (STAGE | {"evidence": [""]}, "field"), ({"aim": "x"}, "field"), (STAGE | {"title": " "}, "field"),
    (STAGE | {"aim": "x" * 900}, "field"), (STAGE | {"aim": "Telepon 0812-3456-7890"}, "personal"),
    (STAGE | {"aim": "Bu Sri, sri@contoh.go.id"}, "personal"), (STAGE | {"evidence": ["NIK 3671012345678901"]}, "personal"),
])
def test_an_object_that_is_not_of_its_kind_is_refused(content: dict[str, Any], code: str) -> None:
    def altered(told: dict[str, Any], parts: dict[str, bytes]) -> None:
        parts[STAGE_PATH] = json.dumps(content).encode()
        told["objects"][0]["hash"] = told["objects"][0]["origin"]["hash"] = digest(content)

    assert code_of(resigned(altered)) == code


def test_what_is_no_number_of_somebody_is_taken() -> None:
    texts = "T-30 sampai T+180. Rp1.500.000, 16 JP, 08.00–09.30, 20–21 Mei 2024, ISBN 978-602-03-3295-6, kode 36.71.01.1007"
    assert read(kit(objects={"a": ("stage", STAGE | {"aim": texts})})).things[0].content["aim"] == texts


def test_an_entry_without_a_key_or_a_key_twice_is_refused() -> None:
    steps = SESSION["steps"]
    for wrong in ([{"minutes": 1, "title": "x"}], [steps[0], steps[0]], [steps[0] | {"key": "A B"}]):
        with pytest.raises(BadKit):
            kinds.check("session", SESSION | {"steps": wrong}, "x")
    with pytest.raises(BadKit):
        kinds.check("test", {"title": "x", "questions": [{"key": "a", "text": "b", "choices": ["c"], "right": 2}]}, "x")


def test_a_signature_counts_only_for_what_it_signed() -> None:
    def forged(told: dict[str, Any], _parts: dict[str, bytes]) -> None:
        told["title"] = "Lain"

    assert code_of(resigned(forged, OTHER)) == "signature"  # signed by another key than it names
    assert code_of(with_parts(lambda parts: parts.update({NAME: parts[NAME].replace(b"Kit uji", b"Kit lain")}))) == "signature"
    other = kit("2.0.0")
    borrowed = json.loads(with_part(other))["signature"]
    assert code_of(with_parts(lambda parts: parts.update({NAME: json.dumps(
        json.loads(parts[NAME]) | {"signature": borrowed}).encode()}))) == "signature"
    for signature in ("", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", 7):
        expected = "unsigned" if signature == 7 else "signature"
        assert code_of(with_parts(lambda parts, s=signature: parts.update({NAME: json.dumps(
            json.loads(parts[NAME]) | {"signature": s}).encode()}))) == expected


def with_part(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive_:
        return archive_.read(NAME)


def test_versions_are_compared_as_numbers() -> None:
    assert [newer("1.10.0", "1.9.9"), newer("1.0.0", "1.0.0"), newer("0.9.9", "1.0.0")] == [True, False, False]


def outcome(content: bytes) -> str:
    """The hash of what was read, or the code of the refusal; any other error fails the test."""
    try:
        return read(content).hash
    except BadKit as refused:
        return refused.code


@given(st.binary(max_size=200), st.integers(min_value=0, max_value=1_500))
@settings(max_examples=40, deadline=None)
def test_no_bytes_do_more_than_be_refused(noise: bytes, place: int) -> None:
    whole = kit()
    for content in (noise, whole[:place] + noise + whole[place + len(noise):]):
        assert outcome(content) in (read(whole).hash, *CODES)


json_value = st.recursive(st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=6),
                          lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
                          max_leaves=6)


@given(st.sampled_from(sorted(json.loads(with_part(kit())))), json_value)
@settings(max_examples=40, deadline=None)
def test_no_value_in_kit_json_does_more_than_be_refused(name: str, value: Any) -> None:
    parts = json.loads(with_part(kit())) | {name: value}
    assert outcome(with_parts(lambda old: old.update({NAME: json.dumps(parts).encode()}))) in (read(kit()).hash, *CODES)


def test_the_kit_that_ships_can_be_taught_from() -> None:
    assert shipped() == ["bimtek-tpbis"]
    things = read(archive("bimtek-tpbis", signer="Simpul", x=x_of(KEY), sign=sign_with(KEY))).things
    of = {kind: [one.content for one in things if one.kind == kind] for kind in kinds.FIELDS}
    sessions = of["session"]
    assert sum(one["jp"] for one in sessions) == of["badge"][0]["jp"] == 16
    assert [one["title"] for one in sessions if sum(step["minutes"] for step in one["steps"]) != one["minutes"]] == []
    assert [one["title"] for one in sessions if not (one["notes"] and one["aims"] and one["needs"] and one["exercise"])] == []
    assert [one["title"] for one in sessions if one["jp"] and one["minutes"] != one["jp"] * 45] == []
    questions = of["test"][0]["questions"]
    assert (len(questions), len({one["right"] for one in questions}) > 1) == (15, True)
    assert [one["key"] for one in questions if not (one["why"] and len(set(one["choices"])) == 4)] == []
    assert {one["purpose"] for one in of["form"]} == {"baseline", "feedback", "plan", "outcomes"}
    days = [one["day"] for one in of["task"]]
    assert (days[0], days[-1], days) == ("T-30", "T+180", sorted(days, key=lambda day: int(day[1:] or 0)))
    assert len(of["activity"]) == 6
