"""What of the desk is about a person, why, and for how long."""

from simpul.core.personal import Basis, Personal, Sees

STAFF = frozenset({Sees.OWN_STAFF})
LOAN = Personal("To know who has the book, and to remind her.", Basis.CONTRACT,
                "unlinked from the reader 12 months after the loan ended", STAFF)
COUNT = Personal("Counts of readers by sex and age group, as the reports need them.", Basis.PUBLIC_TASK,
                 "kept without the reader, so that the count stays", STAFF)

PERSONAL = {
    "loan.member": LOAN,
    "loan.sex": COUNT,
    "loan.age_group": COUNT,
    "loan.lent_although": Personal("Why a rule was set aside for this loan.", Basis.CONTRACT,
                                   "emptied when the loan is unlinked: 12 months after it ended, or when she is erased", STAFF),
    "charge.waived_because": Personal("Why a charge was waived; owed to the audit of money.", Basis.LEGAL_DUTY,
                                      "as long as the charge; emptied when she is erased", STAFF),
    "reminder.member": Personal("Not to remind twice.", Basis.CONTRACT, "12 months", STAFF),
    "reminder.at": Personal("Not to remind twice.", Basis.CONTRACT, "12 months", STAFF),
    "reminder.by_id": Personal("Which colleague reminded.", Basis.LEGITIMATE_INTEREST, "12 months", STAFF),
}
NOT_PERSONAL = {
    "loanrule.scope", "loanrule.changed_at", "loanrule.copies_at_once", "loanrule.days", "loanrule.renewals",
    "loanrule.grace_days", "loanrule.fine_per_day", "loanrule.fine_at_most", "loanrule.member_type",
    "loan.lent_at", "loan.local_date", "loan.due_on", "loan.renewals", "loan.returned_at", "loan.returned_on",
    "loan.lost_on", "loan.recorded_at", "loan.voided_at",
    "renewal.happened_at", "renewal.local_date", "renewal.due_before", "renewal.due_after", "renewal.recorded_at",
    "renewal.voided_at",
    "inhouseuse.count", "inhouseuse.happened_at", "inhouseuse.local_date", "inhouseuse.recorded_at",
    "inhouseuse.voided_at",
    "charge.kind", "charge.amount", "charge.paid", "charge.waived", "charge.happened_at", "charge.local_date",
    "charge.recorded_at", "charge.voided_at",
}
