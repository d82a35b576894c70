"""Files that nothing refers to are removed by the schedule; what is referred to stays."""

import os
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simpul.core.ids import new_id
from simpul.files import storage
from simpul.files.actions import store_document, sweep
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.libraries.models import Library


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path
    return tmp_path


def keep(library: Library, at: datetime) -> StoredFile:
    return store_document(upload=Prepared("document", "application/pdf", "sk.pdf", b"%PDF-1.4 %%EOF"),
                          library_id=library.pk, at=at, id=new_id())


def test_orphans_go_after_two_days_and_what_is_referred_to_stays(library: Library, at: datetime) -> None:
    from simpul.visits.models import Visit

    old, fresh, used = keep(library, at - timedelta(days=3)), keep(library, at), keep(library, at - timedelta(days=3))
    Visit.objects.create(entry_id=new_id(), library=library, how="sheet", happened_at=at, local_date=date(2026, 3, 10),
                         evidence=used)
    assert sweep(at=at) == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == {fresh.pk, used.pk}
    assert [storage.path_of(row.pk).exists() for row in (old, fresh, used)] == [False, True, True]


def test_what_unfinished_changes_left_on_the_disk_goes(library: Library, folder: Path) -> None:
    now = datetime.now().astimezone()
    kept = keep(library, now)
    stray, half = storage.path_of(new_id()), storage.path_of(kept.pk).with_name(".x.part")
    storage.write(new_id(), b"x")
    for path in (stray, half, storage.path_of(kept.pk)):
        path.parent.mkdir(exist_ok=True)
        path.touch()
        os.utime(path, ((now - timedelta(days=3)).timestamp(),) * 2)
    assert sweep(at=now) == 2
    assert [path.exists() for path in (stray, half, storage.path_of(kept.pk))] == [False, False, True]


def test_nothing_to_sweep(library: Library, at: datetime) -> None:
    assert sweep(at=at) == 0
