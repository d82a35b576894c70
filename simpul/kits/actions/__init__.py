"""Changes to kits."""

from simpul.kits.actions.adapting import (
    adapt_item,
    add_item,
    decide,
    remove_item,
    restore_item,
    restore_origin,
    resume_adaptation,
)
from simpul.kits.actions.adopting import adopt_kit, leave_kit
from simpul.kits.actions.drafting import use_curriculum
from simpul.kits.actions.installing import Preview, install_kit, install_shipped, opened, preview_kit
from simpul.kits.actions.keys import distrust_key, trust_key
from simpul.kits.actions.parcels import bring_kit, forget_parcels, lay_aside
from simpul.kits.actions.publishing import as_it_came, fork_uri, next_version, propose_to_origin, publish_own
from simpul.kits.actions.using import tell_done, untell_done, use_form, use_template

__all__ = [
    "Preview", "adapt_item", "add_item", "adopt_kit", "as_it_came", "bring_kit", "decide", "distrust_key",
    "forget_parcels", "fork_uri", "install_kit", "install_shipped", "lay_aside", "leave_kit", "next_version", "opened",
    "preview_kit", "propose_to_origin", "publish_own", "remove_item", "restore_item", "restore_origin",
    "resume_adaptation", "tell_done", "trust_key", "untell_done", "use_curriculum", "use_form", "use_template",
]
