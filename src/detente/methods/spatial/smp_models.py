"""Choices of sub-models of the Spatial Model of Politics: the original's, and the corrected default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from detente.methods.spatial import smp_kernel, votes
from detente.methods.spatial.votes import ElectionModel, VictoryModel, VotingRule

RiskRange = Literal["Min", "Mid", "Max"]
RiskAdjust = Literal["None", "OneThird", "Half", "TwoThirds", "Full"]
ThirdParty = Literal["SemiCommit", "FullCommit", "NoCommit", "Preferred"]
BargainWeights = Literal["S2P2", "S1P1", "S2PMax"]
BargainModel = Literal["InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"]
_BLEND = {"None": 0.0, "OneThird": 1 / 3, "Half": 0.5, "TwoThirds": 2 / 3, "Full": 1.0}


@dataclass(frozen=True, slots=True)
class SubModels:
    """One choice for each part of the model.

    Parameters
    ----------
    voting, victory, election
        Rules of every election (see `votes`).
    risk_range : {"Min", "Mid", "Max"}
        Risk attitudes span 0..1, -1/2..1 or -1..1.
    risk_adjust : {"None", "OneThird", "Half", "TwoThirds", "Full"}
        How much of another's risk attitude an actor sees.
    third_party : {"Preferred", "SemiCommit", "FullCommit", "NoCommit"}
        Preferred: others support the side they prefer. SemiCommit is the original's default, in which an
        ally makes its friend weaker. With the other two nobody joins in.
    weights : {"S2P2", "S1P1", "S2PMax"}
        How saliences and chances divide a bargain.
    bargain : {"InitOnlyInterp", "InitRcvrInterp", "PWCompInterp"}
        Whose estimate of the chance makes the bargain.
    repaired : bool
        Use the target's estimate and weight where the original passes other numbers by mistake.
    rounded : bool
        Round bargains to four digits as the original does; breaks reflection symmetry.
    """

    voting: VotingRule = "Prop"
    victory: VictoryModel = "Linear"
    election: ElectionModel = "Conditional"
    risk_range: RiskRange = "Mid"
    risk_adjust: RiskAdjust = "OneThird"
    third_party: ThirdParty = "Preferred"
    weights: BargainWeights = "S2P2"
    bargain: BargainModel = "InitOnlyInterp"
    repaired: bool = True
    rounded: bool = False

    def setting(self) -> tuple[smp_kernel.Model, float]:
        """Return the codes the compiled model works with."""
        third = ("SemiCommit", "FullCommit", "NoCommit", "Preferred").index(self.third_party)
        return (
            votes.VOTING.index(self.voting),
            votes.VICTORY.index(self.victory),
            votes.ELECTION.index(self.election),
            get_args(RiskRange).index(self.risk_range),
            third,
            get_args(BargainWeights).index(self.weights),
            get_args(BargainModel).index(self.bargain),
            int(self.repaired),
            int(self.rounded),
        ), _BLEND[self.risk_adjust]


CORRECTED = SubModels()
COMPAT = SubModels(third_party="SemiCommit", repaired=False, rounded=True)
