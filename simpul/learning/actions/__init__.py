"""Changes of learning paths."""

from simpul.learning.actions.paths import (
    PathWords,
    copy_path,
    count_opening,
    create_path,
    describe_path,
    publish_path,
    unpublish_path,
)
from simpul.learning.actions.steps import StepGiven, add_step, change_step, move_step, remove_step, restore_step

__all__ = ["PathWords", "StepGiven", "add_step", "change_step", "copy_path", "count_opening", "create_path",
           "describe_path", "move_step", "publish_path", "remove_step", "restore_step", "unpublish_path"]
