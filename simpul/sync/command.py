"""Rescue files of phones, handed in at the machine of the node; and which phones there are."""

import argparse
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from simpul.core import clock

help = gettext_lazy("takes in what phones recorded: a rescue file, or the text of its code")
example = "bin/simpul sync receive simpul-L008-2026-11-25.simpul"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["receive", "list"], help=_("receive FILE …; list: phones and what waits"))
    parser.add_argument("files", nargs="*", metavar=_("FILE"), help=_("rescue files of phones, in any order"))


def run(options: argparse.Namespace, console: Any) -> int:
    return _receive(options, console) if options.what == "receive" else _list(console)


def _receive(options: argparse.Namespace, console: Any) -> int:
    from simpul.core.refusal import Refusal
    from simpul.sync.handing_in import hand_in

    if not options.files:
        console.answer({"files": []}, _("Say which file: bin/simpul sync receive FILE"))
        return 2
    told, lines, failed = [], [], 0
    for name in options.files:
        try:
            done = hand_in(Path(name).read_bytes(), at=clock.now())
        except (OSError, Refusal) as refusal:
            failed += 1
            lines.append(f"✗ {name}: {refusal}")
            told.append({"file": name, "error": str(refusal)})
            continue
        told.append({"file": name, "states": done.by_state, "photos": done.photos, "photos_left": done.photos_left,
                     "receipts": [{**asdict(one), "at": one.at.isoformat()} for one in done.receipts]})
        states = ", ".join(f"{n} {state}" for state, n in sorted(done.by_state.items()))
        lines.append(f"✓ {name}: {len(done.receipts)} ({states})")
        lines += [f"    {says}: {n}" for says, n in Counter(one.says for one in done.receipts if one.says).most_common(20)]
    console.answer({"files": told}, *lines)
    return 1 if failed else 0


def _list(console: Any) -> int:
    from simpul.sync.models import Event, Phone

    rows = []
    for phone in Phone.objects.paired().select_related("library", "account").order_by("library__code", "name"):
        mine = Event.objects.filter(phone=phone)
        rows.append({
            "device": str(phone.pk), "library": phone.library.code, "name": phone.name,
            "carrier": phone.account.name if phone.account else "", "state": "revoked" if phone.revoked_at else (
                "expired" if phone.is_expired(clock.now()) else "in_use"),
            "last_contact_at": phone.last_contact_at.isoformat() if phone.last_contact_at else None,
            "told": mine.filter(is_first=True).count(), "waiting": mine.to_decide().count()})
    console.answer({"phones": rows, "unproven": Event.objects.filter(is_proven=False).count()}, *[
        f"{row['library']:<8} {row['name']:<24} {row['state']:<8} {row['told']:>6} {row['waiting']:>4}  {row['last_contact_at']}"
        for row in rows] or [_("No phone is paired.")])
    return 0
