"""Changes of plans: writing, signing, carrying out, looking again."""

from simpul.plans.actions.carrying import (
    Proof,
    StepTold,
    add_evidence,
    begin_step,
    check_in,
    finish_step,
    leave_step,
    reopen_step,
    void_evidence,
)
from simpul.plans.actions.signing import (
    acknowledge_plan,
    close_plan,
    hand_in_plan,
    months_after,
    reopen_plan,
    take_back_plan,
)
from simpul.plans.actions.writing import (
    PlanGiven,
    StepGiven,
    add_step,
    attach_flip_chart,
    change_step,
    describe_plan,
    remove_step,
    restore_step,
    write_plan,
)

__all__ = ["PlanGiven", "Proof", "StepGiven", "StepTold", "acknowledge_plan", "add_evidence", "add_step",
           "attach_flip_chart", "begin_step", "change_step", "check_in", "close_plan", "describe_plan", "finish_step",
           "hand_in_plan", "leave_step", "months_after", "remove_step", "reopen_plan", "reopen_step", "restore_step",
           "take_back_plan", "void_evidence", "write_plan"]
