"""What stories keep about a person, and why. All of it stands on her consent and goes with it."""

from simpul.core.personal import Basis, Personal, Sees

_GOES = "emptied at once when she withdraws, when her consent is over, or with an unfinished draft after 90 days"
_READ = frozenset({Sees.OWN_STAFF, Sees.COORDINATOR, Sees.HERSELF})
_OWN = frozenset({Sees.OWN_STAFF, Sees.HERSELF})
_PROOF = "kept as the fact that consent was given and ended, without a name"
YES = Basis.CONSENT

PERSONAL = {
    "story.person": Personal("what a member took part in, as evidence", YES, _GOES, _OWN),
    "story.name": Personal("who tells; others read it only where she wants that", YES, _GOES, _OWN),
    "story.alias": Personal("what she is called where her name is not shown", YES, _GOES, _READ),
    "story.title": Personal("her story", YES, _GOES, _READ),
    "story.before": Personal("her story", YES, _GOES, _READ),
    "story.helped": Personal("her story", YES, _GOES, _READ),
    "story.after": Personal("her story", YES, _GOES, _READ),
    "story.quote": Personal("her story", YES, _GOES, _READ),
    "story.theme": Personal("comparing changes of one domain", YES, _GOES, _READ),
    "story.change": Personal("what changed, in one word, for counts", YES, _GOES, _READ),
    "story.word": Personal("what the mentor misses", YES, _GOES, frozenset({Sees.OWN_STAFF, Sees.COORDINATOR})),
    "story.verified_by": Personal("which mentor or coordinator checked it with her", Basis.PUBLIC_TASK, _GOES, _READ),
    "storyconsent.witness": Personal("who was there when she agreed", Basis.LEGAL_DUTY, _GOES, _OWN),
    "storyconsent.guardian": Personal("who answers for the child and agreed", Basis.LEGAL_DUTY, _GOES, _OWN),
    "storyconsent.relation": Personal("that she may answer for the child", Basis.LEGAL_DUTY, _GOES, _OWN),
    "storyconsent.until_on": Personal("until when it may be told", Basis.LEGAL_DUTY, _PROOF, _READ),
    "storyconsent.how": Personal("how consent can be proved", Basis.LEGAL_DUTY, _PROOF, _READ),
    "storyconsent.given_at": Personal("when it was given", Basis.LEGAL_DUTY, _PROOF, _READ),
    "storyconsent.ended_at": Personal("since when it no longer holds", Basis.LEGAL_DUTY, _PROOF, _OWN),
    "storyphoto.caption": Personal("what the picture shows", YES, "removed with the picture", _READ),
    "choice.reason": Personal("why the city thinks this change the most significant", Basis.PUBLIC_TASK,
                              "removed with the story", _READ),
}
NOT_PERSONAL = {
    "story.code", "story.kind", "story.state", "story.verified_how", "story.verified_on", "story.happened_at",
    "story.local_date", "story.touched_at", "story.recorded_at", "story.gone_at",
    "storyconsent.wording", "storyconsent.words", "storyconsent.recorded_at", "storyconsent.ended",
    "storyphoto.added_at",
    "round.title", "round.first_on", "round.last_on", "round.made_at", "round.closed_at",
    "choice.level", "choice.theme", "choice.chosen_at",
}
