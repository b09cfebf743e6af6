"""A report of the e-Arşiv family to GİB, which is one `raporNo`: built, sent, asked for, accepted or built anew.

What was sent may have arrived: it is asked for before the same package goes again, and its entries move to another
number only when GİB has said that it will not take this one. So nothing is reported twice, and nothing is left out.

Sources: e-Arşiv Kılavuzu (K118) V1.18, 3–5 and 11 (the codes; `reactions` has what each asks for).
"""

from ulak.lifecycle.reports.clocks import behind, successor
from ulak.lifecycle.reports.happenings import Happening, happening
from ulak.lifecycle.reports.reactions import SEND, STATUS, Reaction, Rule, shown
from ulak.lifecycle.reports.rows import MACHINE, ROWS, step
from ulak.lifecycle.reports.stages import SENTENCES, Stage
from ulak.lifecycle.reports.values import (
    Accepted,
    AskEnded,
    AskReport,
    AtWork,
    BuildFailed,
    BuildReport,
    Built,
    Confirmed,
    Emptied,
    Event,
    Postponed,
    RenewReport,
    RepairWanted,
    Report,
    SendEnded,
    SendReport,
    StatusTold,
    begun,
    due_at,
    instant_due_at,
)

__all__ = [
    "MACHINE",
    "ROWS",
    "SEND",
    "SENTENCES",
    "STATUS",
    "Accepted",
    "AskEnded",
    "AskReport",
    "AtWork",
    "BuildFailed",
    "BuildReport",
    "Built",
    "Confirmed",
    "Emptied",
    "Event",
    "Happening",
    "Postponed",
    "Reaction",
    "RenewReport",
    "RepairWanted",
    "Report",
    "Rule",
    "SendEnded",
    "SendReport",
    "Stage",
    "StatusTold",
    "begun",
    "behind",
    "due_at",
    "happening",
    "instant_due_at",
    "shown",
    "step",
    "successor",
]
