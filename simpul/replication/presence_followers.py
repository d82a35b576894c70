"""Who was there at a peer learning meeting, by whatever road it was marked, is what its libraries' rows say."""

from simpul.gatherings.models import Gathering, Session
from simpul.replication.actions.delegates import recount
from simpul.replication.models import PeerMeeting


def count_libraries(session: Session) -> None:
    meeting = PeerMeeting.objects.filter(gathering=session.gathering_id).first()
    if meeting is not None:
        recount(meeting)


FOLLOWERS = {Gathering.Purpose.PEER: count_libraries}
