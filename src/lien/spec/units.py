"""Name the units of every quantity and the bounds that keep each of them inside 256 bits.

Amounts are base units of a token. Rates and ratios are scaled by `WAD`. Days count from 1970-01-01 (UTC).
Interest is kept undivided, as a *numerator*: principal x rate x clock units; `UNIT` numerators are one
base unit.
"""

WAD = 10**18
SECONDS_PER_DAY = 86_400

# The least year length that every day count divides: lcm(360, 365, 366).
CLOCK_UNITS_PER_YEAR = 1_603_080
UNIT = CLOCK_UNITS_PER_YEAR * WAD

MAXIMUM_AMOUNT = 2**128 - 1
MAXIMUM_RATE = 10 * WAD
MAXIMUM_DAY = 73_048  # 2169-12-31
MAXIMUM_TIMESTAMP = MAXIMUM_DAY * SECONDS_PER_DAY - 1  # so that tomorrow is on the calendar too
MAXIMUM_CLOCK = 200 * CLOCK_UNITS_PER_YEAR * 366 // 360  # actual/360 counts 366/360 of a leap year
MAXIMUM_PERIODS = 480
MAXIMUM_CYCLE_LENGTH = 3_660
MAXIMUM_NUMBER = 2**32 - 1  # of loans and of facilities
MAXIMUM_SCORE = 1000
LAST_EPOCH = MAXIMUM_NUMBER - 1  # of reviewers, so that the number after it is one too
MAXIMUM_QUORUM = 5  # of reviewers' votes
MAXIMUM_COUNCIL = 32  # members
MAXIMUM_JURISDICTION = 999
MAXIMUM_TOTAL = 2**176 - 1  # of amounts, over all loans and all time

# A price is loan-asset base units for one collateral base unit, scaled; zero is unusable.
PRICE_SCALE = 10**36
MAXIMUM_PRICE = 2**224 - 1
FEED_SEATS = 5  # of price feeders
PRICE_QUORUM = 3  # fresh prices of which none has to wait
LARGE_QUORUM = 4  # fresh prices, from which on none has to wait
MAXIMUM_PRICE_AGE = 25 * 3_600  # seconds, so that a daily post may be an hour late
STEP_LIMIT = WAD // 5  # of the price before, the greatest move that is usable at once
STEP_DELAY = 3_600  # seconds that a greater move has to wait

# A score: where it begins, what a rating and each settlement or default moves it by, and at most.
RATING_MAXIMUM = 100
SCORE_BASE = 200
SCORE_PER_RATING = 5
SCORE_ON_TIME = 25
SCORE_ON_TIME_MAXIMUM = 250
SCORE_LATE = 40
SCORE_DEFAULT = 200
VOLUME_PER_POINT = 10**9  # base units repaid
SCORE_VOLUME_MAXIMUM = 50
# Smaller or shorter loans do not count in a credit record.
CREDIT_MINIMUM_PRINCIPAL = 10**6
CREDIT_MINIMUM_DAYS = 30

APPLICATION_DAYS = 30  # after which an application that no loan came of has expired

# Hard caps on charges, each on the base that it names.
INTEREST_FEE_CAP = WAD // 2  # of the contract interest that lenders receive
ORIGINATION_FEE_CAP = WAD // 10  # of the principal
PREPAYMENT_FEE_CAP = WAD // 10  # of the principal paid ahead of time
LATE_FEE_CAP = WAD // 20  # of the principal, for each missed instalment
LIQUIDATION_BONUS_CAP = WAD // 4  # of the debt repaid by a liquidator

# A facility's shares: the virtual balance that makes inflating the first deposit unprofitable, the dilution
# above which a facility takes no deposit, and the days for which a deposit must stay.
VIRTUAL_SHARES = 10**6
VIRTUAL_ASSETS = 1
MAXIMUM_SHARES_PER_ASSET = 10**12
REDEMPTION_LOCK_DAYS = 3
DAYS_OF_AN_ADVANCE = 16  # that one call can pass in a facility's book

# How long the council's decisions wait and stay executable, and a guardian's pause lasts. The timelock is
# shorter than a pause, so that the council can resume within it; a proposal that gets ready outlasts a pause;
# the cool-down is longer than the grace, so that the times for which liquidation is closed never overlap.
GOVERNANCE_TIMELOCK = 2 * SECONDS_PER_DAY
GOVERNANCE_EXPIRY = 14 * SECONDS_PER_DAY
MAXIMUM_PAUSE = 7 * SECONDS_PER_DAY
PAUSE_COOL_DOWN = 7 * SECONDS_PER_DAY
LIQUIDATION_GRACE = 1 * SECONDS_PER_DAY
RECOVERY_DAYS = 30  # over which what was recovered enters net assets
WRITE_OFF_DAYS = 90  # for which a loan stays in default before it can be written off

# An auction: each round falls to half of where it began, the next begins there, and the last falls to a unit,
# so that an auction always ends. It begins above the usable price, which bidders then meet on the way down;
# where there is none, the share that is offered grows first, and slower, since nobody says what it is worth.
AUCTION_ROUNDS = 5
LAST_AUCTION_ROUND = AUCTION_ROUNDS - 1
AUCTION_PREMIUM = WAD + WAD // 10  # of the usable price, where the first round begins
AUCTION_SECONDS = 1 * SECONDS_PER_DAY  # of one round's fall
AUCTION_SHARE_SECONDS = 3 * SECONDS_PER_DAY  # in which the share grows to the whole
AUCTION_WAIT_DAYS = 14  # after default, until an auction starts without a price
AUCTION_WHOLE = 2 * AUCTION_SECONDS * 2**LAST_AUCTION_ROUND  # parts in which a fall is counted

# First-loss cover leaves only after a notice that outlasts every grace, so that a loan that was overdue when
# the notice was given is in default, or paid, before its cover is gone.
MAXIMUM_GRACE_DAYS = 90
COVER_NOTICE_DAYS = 100
COVER_WINDOW_DAYS = 30  # after the notice, in which the cover can be withdrawn

MARGIN_CALL_DAYS = 3  # whole days after a margin call, on which it can still be cured
