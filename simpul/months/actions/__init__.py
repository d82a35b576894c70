"""Changes about months: prepared, answered, told, signed, scanned, restated; the city's dates."""

from simpul.months.actions.dates import set_city_dates
from simpul.months.actions.preparing import answer_unusual, prepare_month, tell_month, withdraw_answer
from simpul.months.actions.signing import attach_scan, notice, see_restatement, sign_month
from simpul.months.actions.watching import watch

__all__ = ["answer_unusual", "attach_scan", "notice", "prepare_month", "see_restatement", "set_city_dates", "sign_month",
           "tell_month", "watch", "withdraw_answer"]
