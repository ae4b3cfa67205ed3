"""Say along which arrows the status of a loan may change, and which calls name a loan or a facility."""

from lien.invariants.properties.base import Kind, Observed, declare, is_one_of
from lien.invariants.properties.observing import loans_of
from lien.spec.agreement import Accept, Cancel, Countersign
from lien.spec.call import Call
from lien.spec.disbursement import Disburse
from lien.spec.facility import (
    AnnounceCoverWithdrawal,
    CancelRedemption,
    Deposit,
    DepositCover,
    ProcessRedemption,
    Redeem,
    RequestRedemption,
    WindDown,
    WithdrawCover,
)
from lien.spec.liquidation import DeclareDefault, Liquidate, MarginCall, Recover, StartAuction, Take, WriteOff
from lien.spec.repayment import Impair, LiftImpairment, Repay, Restructure, TopUpCollateral
from lien.spec.types import ACCRUING, LIVE, LoanStatus

ON_LOSSES = (Impair, LiftImpairment, WriteOff, Recover)
ON_AUCTIONS = (StartAuction, Take)
ON_A_LIVE_LOAN = (
    Repay,
    TopUpCollateral,
    Restructure,
    Impair,
    LiftImpairment,
    DeclareDefault,
    MarginCall,
    Liquidate,
    *ON_AUCTIONS,
    WriteOff,
)
ON_A_LOAN = (Accept, Countersign, Cancel, Disburse, *ON_A_LIVE_LOAN, Recover)

NAMING_A_FACILITY = (
    Deposit,
    Redeem,
    WindDown,
    RequestRedemption,
    CancelRedemption,
    ProcessRedemption,
    DepositCover,
    AnnounceCoverWithdrawal,
    WithdrawCover,
)
ON_A_FACILITY = (*NAMING_A_FACILITY, Disburse, *ON_A_LIVE_LOAN, Recover)


ARROWS: dict[type[Call], dict[LoanStatus, tuple[LoanStatus, ...]]] = {
    Accept: {LoanStatus.OFFERED: (LoanStatus.ACCEPTED,)},
    Countersign: {LoanStatus.ACCEPTED: (LoanStatus.AGREED,)},
    Cancel: dict.fromkeys(
        (LoanStatus.OFFERED, LoanStatus.ACCEPTED, LoanStatus.AGREED), (LoanStatus.CANCELLED,)
    ),
    Disburse: {LoanStatus.AGREED: (LoanStatus.ACTIVE,)},
    Repay: {
        LoanStatus.ACTIVE: (*LIVE, LoanStatus.SETTLED),
        LoanStatus.OVERDUE: (*LIVE, LoanStatus.SETTLED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED, LoanStatus.SETTLED),
        LoanStatus.AUCTION: (LoanStatus.AUCTION, LoanStatus.SETTLED),
    },
    TopUpCollateral: {
        LoanStatus.ACTIVE: (*ACCRUING, LoanStatus.DEFAULTED),
        LoanStatus.OVERDUE: (LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED,),
    },
    Restructure: dict.fromkeys(
        (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED), (LoanStatus.ACTIVE,)
    ),
    DeclareDefault: dict.fromkeys((LoanStatus.ACTIVE, LoanStatus.OVERDUE), (LoanStatus.DEFAULTED,)),
    StartAuction: dict.fromkeys(LIVE, (LoanStatus.AUCTION,)),
    Take: {LoanStatus.AUCTION: (LoanStatus.AUCTION, LoanStatus.DEFAULTED, LoanStatus.SETTLED)},
    Impair: {
        LoanStatus.ACTIVE: (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.OVERDUE: (LoanStatus.OVERDUE, LoanStatus.DEFAULTED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED,),
        LoanStatus.AUCTION: (LoanStatus.AUCTION,),
    },
    LiftImpairment: {
        LoanStatus.ACTIVE: (LoanStatus.ACTIVE, LoanStatus.OVERDUE),
        LoanStatus.OVERDUE: (LoanStatus.OVERDUE,),
    },
    WriteOff: dict.fromkeys(
        (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED), (LoanStatus.WRITTEN_OFF,)
    ),
    Recover: {LoanStatus.WRITTEN_OFF: (LoanStatus.WRITTEN_OFF,)},
    MarginCall: {LoanStatus.ACTIVE: ACCRUING, LoanStatus.OVERDUE: (LoanStatus.OVERDUE,)},
    Liquidate: {
        LoanStatus.ACTIVE: (*ACCRUING, LoanStatus.DEFAULTED, LoanStatus.SETTLED),
        LoanStatus.OVERDUE: (*ACCRUING, LoanStatus.DEFAULTED, LoanStatus.SETTLED),
        LoanStatus.DEFAULTED: (LoanStatus.DEFAULTED, LoanStatus.SETTLED),
    },
}


@declare(
    "STATUS-ARROWS",
    Kind.STEP,
    ("agreement", "disbursement", "repayment", "liquidation"),
    (104, 97),
    calls=ON_A_LOAN,
)
def status_follows_the_arrows(observed: Observed) -> bool:
    """A loan's status changes only along the arrows of its life; terminal is terminal for every call."""
    if not observed.accepted:
        return True
    loan, after = loans_of(observed)
    allowed = ARROWS[type(observed.call)].get(LoanStatus(loan.status), ())
    return is_one_of(after.status, allowed)
