"""Partners and what they give, agreements, approaches, the yearly road, publicity."""

from simpul.advocacy.models.approaches import Approach, Figure, Proposal, Result, RoadStep, Talk
from simpul.advocacy.models.partners import Agreement, Gives, Partner, Publicity, Support

__all__ = ["Agreement", "Approach", "Figure", "Gives", "Partner", "Proposal", "Publicity", "Result", "RoadStep",
           "Support", "Talk"]
