"""What visits know about persons: that a member came, for a year; of everybody else sex and age group only."""

from simpul.core.personal import Basis, Personal, Sees

_OF_HER = frozenset({Sees.OWN_STAFF, Sees.HERSELF})
_CATEGORY = "a category without a name; while a member is linked (12 months) it is hers"

PERSONAL = {
    "visit.person": Personal(
        purpose="a double scan is noticed, a member sees her own visits, different visitors can be counted",
        basis=Basis.PUBLIC_TASK, retention="unlinked after 12 months by the schedule; the count stays", sees=_OF_HER),
    "visit.sex": Personal("who is reached, as the reports ask it", Basis.PUBLIC_TASK, _CATEGORY, _OF_HER),
    "visit.age_group": Personal("who is reached, as the reports ask it", Basis.PUBLIC_TASK, _CATEGORY, _OF_HER),
    "visit.occupation": Personal("exchange with INLISLite; optional", Basis.CONSENT, _CATEGORY, _OF_HER),
    "visit.education": Personal("exchange with INLISLite; optional", Basis.CONSENT, _CATEGORY, _OF_HER),
    "visit.has_disability": Personal(
        "whether people with disabilities are reached; only if she offers it, never asked", Basis.CONSENT, _CATEGORY,
        _OF_HER),
    "visit.evidence": Personal(
        "a photographed page of a paper guest book may show names: proof of the day's totals", Basis.PUBLIC_TASK,
        "as long as the entry; removed with it", frozenset({Sees.OWN_STAFF})),
    "visit.happened_at": Personal("when she came", Basis.PUBLIC_TASK, _CATEGORY, _OF_HER),
}
NOT_PERSONAL = {
    "visit.how", "visit.count", "visit.purpose", "visit.origin", "visit.uses_ict", "visit.local_date",
    "visit.recorded_at", "visit.voided_at", "visit.voided_because",
}
