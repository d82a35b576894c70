"""Changes to partners, agreements, approaches, the yearly road and publicity."""

from simpul.advocacy.actions.partners import add_partner, partner_named
from simpul.advocacy.actions.publicity import record_publicity, restore_publicity, void_publicity

__all__ = ["add_partner", "partner_named", "record_publicity", "restore_publicity", "void_publicity"]
