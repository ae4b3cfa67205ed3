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
from lien.spec.liquidation import DeclareDefault
from lien.spec.repayment import Repay, Restructure
from lien.spec.types import LIVE, LoanStatus

ON_A_LOAN = (Accept, Countersign, Cancel, Disburse, Repay, Restructure, DeclareDefault)

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
ON_A_FACILITY = (*NAMING_A_FACILITY, Disburse, Repay, Restructure, DeclareDefault)


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
    Restructure: dict.fromkeys(
        (LoanStatus.ACTIVE, LoanStatus.OVERDUE, LoanStatus.DEFAULTED), (LoanStatus.ACTIVE,)
    ),
    DeclareDefault: dict.fromkeys((LoanStatus.ACTIVE, LoanStatus.OVERDUE), (LoanStatus.DEFAULTED,)),
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
