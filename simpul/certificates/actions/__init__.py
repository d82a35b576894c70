"""Changes to certificates."""

from simpul.certificates.actions.batches import Award, Event, Material, prepare_batch
from simpul.certificates.actions.ending import correct, forget_name, revoke
from simpul.certificates.actions.issuing import issue_batch
from simpul.certificates.actions.keys import export_keys, rotate_key, withdraw_key
from simpul.certificates.actions.retention import forget_drafts
from simpul.certificates.actions.signed import attach_signed_file, attach_signed_files

__all__ = ["Award", "Event", "Material", "attach_signed_file", "attach_signed_files", "correct", "export_keys",
           "forget_drafts", "forget_name", "issue_batch", "prepare_batch", "revoke", "rotate_key", "withdraw_key"]
