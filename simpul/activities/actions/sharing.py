"""A picture that a phone shared: kept at once, without knowing for which activity, and put there when she says so."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from simpul.activities.actions.after import add_photo
from simpul.activities.actions.keeping import need_keeper
from simpul.activities.actions.planning import Details, plan_activity
from simpul.activities.models import Activity, SharedPicture
from simpul.core.actor import Actor
from simpul.core.change import change, note
from simpul.core.ids import derived_id, new_id
from simpul.core.refusal import Refusal
from simpul.core.secrets import fingerprint, new_token
from simpul.files.models import StoredFile
from simpul.files.pictures import Prepared
from simpul.gatherings.actions import SessionGiven
from simpul.libraries.models import Library

KEPT = timedelta(days=1)
MOST_OF_ONE = 20        # pictures of one account that may wait; the oldest goes
MOST_OF_UNKNOWN = 60    # of people who are not signed in yet, the whole node within an hour


class TooManyPictures(Refusal):
    """Anybody may send a picture here before she signs in: no more than a city's phones do."""

    code = "too_many_pictures"


def receive_picture(*, picture: Prepared, account_id: UUID | None, at: datetime) -> str:
    """Keep a prepared picture and give the secret that leads to it. It belongs to no library and changes nothing of
    any, so it is no change of the journal. Raises TooManyPictures."""
    if account_id is None:
        lately = SharedPicture.objects.filter(account__isnull=True, shared_at__gt=at - timedelta(hours=1)).count()
        if lately >= MOST_OF_UNKNOWN:
            raise TooManyPictures(_("Very many pictures came in this hour. Sign in first, then share it again."))
    else:
        mine = SharedPicture.objects.filter(account=account_id).order_by("-shared_at", "-pk")
        SharedPicture.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST_OF_ONE - 1:])).delete()
    token = new_token()
    SharedPicture.objects.create(
        id=new_id(), token_hash=fingerprint(token), account_id=account_id, content=picture.content,
        media_type=picture.media_type, given_name=picture.given_name, shared_at=at)
    return token


@change("photo.shared", says=_("{by} put a picture of her phone into “{activity}”"))
def keep_shared(*, shared: SharedPicture, activity: Activity, by: Actor, at: datetime, id: UUID) -> Activity:
    """The picture belongs to this activity now, for its staff only: whether it may be public is said there. Raises
    NotAllowed, NotStored."""
    need_keeper(by, activity.library_id)
    _put(shared, activity, by, at, id)
    return activity


@change("photo.drafted", says=_("{by} began “{result}” with a picture of her phone"))
def draft_with_shared(*, shared: SharedPicture, library: Library, title: str, kind: str, by: Actor, at: datetime,
                      id: UUID) -> Activity:
    """A draft of today around the picture: it took place this hour. Raises as `plan_activity`."""
    begins = at.replace(minute=0, second=0, microsecond=0)
    activity = plan_activity(
        library=library, title=title, details=Details(kind=kind), takes_registrations=False,
        sessions=[SessionGiven(begins, begins + timedelta(hours=2))], by=by, at=at, id=derived_id(id, "draft"))
    _put(shared, activity, by, at, id)
    note(library=library.pk)
    return activity


def drop_old(*, at: datetime) -> int:
    """Pictures that nobody put anywhere within a day are gone."""
    return SharedPicture.objects.filter(shared_at__lt=at - KEPT).delete()[0]


def _put(shared: SharedPicture, activity: Activity, by: Actor, at: datetime, id: UUID) -> None:
    picture = Prepared(StoredFile.Kind.PICTURE.value, shared.media_type, shared.given_name, bytes(shared.content))
    add_photo(activity=activity, picture=picture, by=by, at=at, id=derived_id(id, "photo"))
    shared.delete()
