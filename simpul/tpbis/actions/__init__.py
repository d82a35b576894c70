"""Changes: what was entered in SIM, accounts and colours, the weights of the simulation."""

from simpul.tpbis.actions.accounts import Told, take_table, take_told_back, tell_account
from simpul.tpbis.actions.entering import mark_entered, take_marks_back, unmark
from simpul.tpbis.actions.weighting import restore_weights, set_weights, withdraw_weights

__all__ = ["Told", "mark_entered", "restore_weights", "set_weights", "take_marks_back", "take_table", "take_told_back",
           "tell_account", "unmark", "withdraw_weights"]
