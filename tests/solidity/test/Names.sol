// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {vm} from "./Vm.sol";

/// @dev The names behind hashes, so that a difference can be read: errors, calls, views, and events.
library Names {
    uint256 private constant SELECTOR_BYTES = 4;
    uint256 private constant WORD_BYTES = 32;

    string private constant ERRORS = "SenderIsProtocol() TimeRunsBackward() UnknownAsset() InsufficientBalance() "
        "PayeeRefused() NothingToClaim() RecipientIsProtocol() NothingToSkim() NotFeeder() AssetsNotApart() "
        "ZeroPrice() TooManyFeeds() PriceUnusable() NotCouncilMember() NotGuardian() NotProposer() Paused() "
        "AccountInvalid() NumberInvalid() ProductUnsound() TooManyProposals() UnknownProposal() ProposalClosed() "
        "AlreadyApproved() NotApproved() ApprovalsMissing() TimelockRunning() ProposalExpired() UnknownProduct() "
        "TooManyProducts() AlreadySeated() CouncilTooLarge() ThresholdInvalid() TooManyEpochs() NotPaused() "
        "AlreadyPaused() PauseCoolingDown() NotAttestor() MayNotFreeze() OwnAccount() AccountIsProtocol() "
        "CommitmentMissing() ExpiryNotAhead() CommitmentTaken() AccountTaken() TooManyIdentities() IdentityMissing() "
        "IdentityExpired() JurisdictionNotAllowed() AccountFrozen() AccountNotFrozen() UnknownFacility() "
        "ZeroAmount() ZeroShares() InterestFeeAboveCap() InterestFeeBelowFloor() TooManyFacilities() NotTheLender() "
        "FacilityWindsDown() DepositCapExceeded() FacilityDiluted() SharesBelowMinimum() InsufficientShares() "
        "DepositTooRecent() QueueNotEmpty() AmountBelowMinimum() BookNotCurrent() BookIsCurrent() DayNotClear() "
        "InsufficientCash() QueueFull() NotQueued() NotRequester() QueueEmpty() FacilityWorthless() "
        "CoverNotAnnounced() CoverNoticeRunning() CoverWindowClosed() BookNotClean() CoverInsufficient() "
        "ProductClosed() AssetDiffers() TierTooLow() AmountOutsideProduct() CollateralMissing() OpenDefault() "
        "TooManyLiveLoans() ConcentrationExceeded() TooManyApplications() UnknownApplication() NotApplicant() "
        "NotReviewer() OwnApplication() RatingOutOfRange() ApplicationExpired() ApplicationClosed() "
        "ApplicationNotExpired() NotUnderReview() AlreadyVoted() UnknownLoan() TooManyLoans() NotServicer() "
        "NotParty() BorrowerNotAllowed() PrincipalBelowMinimum() RatesAboveUsuryCap() WindowInvalid() "
        "PeriodsOutOfRange() CycleOutOfRange() MaturityOutOfRange() GraceTooLong() PaymentInvalid() "
        "InterestBelowUnit() InterestAbovePrincipal() FeeAboveCap() LimitsNotOrdered() NotOffered() NotAccepted() "
        "SignatureExpired() WindowClosed() WrongSigner() NotCancellable() AgreementBinding() NotAgreed() "
        "WindowNotOpen() FacilityFull() NotLive() DuplicateReference() NotInDefault() DefaultAlreadyBooked() "
        "NoCollateral() AuctionRunning() NotInAuction() OwnLoan() AuctionOver() AmountBelowAsk() "
        "RemainderBelowMinimum() CollateralBelowMinimum() "
        "InsufficientAllowance() DivisorIsZero() QuotientTooLarge() NumberTooLarge()";

    string private constant CALLS = "transfer(address,uint256) claim(address,address) skim(address) propose((uint8,"
        "address,uint8,bool,uint32,uint32,(address,bool,uint128,uint128,uint32,uint8,bool,uint32,uint64,uint16[4],"
        "uint64[4],uint64[4]),uint128,uint64,uint64,uint64,uint64)) approve(uint32) revokeApproval(uint32) "
        "execute(uint32) cancelProposal(uint32) pause(uint8) postPrice(address,address,uint8,uint256) "
        "attestIdentity(address,bytes32,uint16,uint8,uint64) revokeIdentity(address) freeze(address) "
        "unfreeze(address) openFacility(address,uint64,address) deposit(uint32,uint128,uint256) redeem(uint32,"
        "uint256,uint128) advanceBook(uint32) windDown(uint32) requestRedemption(uint32,uint256) "
        "cancelRedemption(uint32,uint32) processRedemption(uint32) depositCover(uint32,uint128) "
        "announceCoverWithdrawal(uint32,uint128) withdrawCover(uint32,uint128) apply(uint32,uint32,uint128,uint32,"
        "bytes32,address,uint128,bytes32) withdrawApplication(uint32) review(uint32,bool,uint8) expire(uint32) "
        "offer(uint32,address,(uint128,uint64,uint64,uint64,uint8,uint8,uint32,uint32,uint32,uint8,uint32,bool,"
        "uint32,uint32,uint128,uint128,uint32,uint128,uint64,uint32,uint64,address,uint128,uint64,uint64,uint64,"
        "uint64,uint64)) accept(uint32,uint64,bytes) countersign(uint32,uint64,bytes) cancel(uint32) "
        "disburse(uint32) repay(uint32,uint128,uint128,bytes32) declareDefault(uint32) startAuction(uint32) "
        "take(uint32,uint128,uint128)";

    string private constant VIEWS = "balanceOf(address) holdingsOf(address) claimableOf(address,address) "
        "facilityCount() facilities(uint32) sharesOf(uint32,address) depositDayOf(uint32,address) "
        "queuedSharesOf(uint32,uint32) queuedByOf(uint32,uint32) netAssetsOf(uint32,uint32) sharePriceOf(uint32,"
        "uint32) loanCount() loans(uint32) nonceOf(address,uint32)";

    string private constant OPERATIONS = "multiplyDivideDown(uint256,uint256,uint256) "
        "multiplyDivideUp(uint256,uint256,uint256) quotientDown(int256,int256) quotientUp(int256,int256) "
        "minimum(int256,int256) maximum(int256,int256) clock(uint8,uint32) sharesFor(uint256,uint256,uint256) "
        "amountFor(uint256,uint256,uint256)";

    string private constant EVENTS = "ClaimRecorded(address,address,uint128) Claimed(address,address,address,"
        "uint128) Skimmed(address,uint128) Proposed(uint32,address,(uint8,address,uint8,bool,uint32,uint32,(address,"
        "bool,uint128,uint128,uint32,uint8,bool,uint32,uint64,uint16[4],uint64[4],uint64[4]),uint128,uint64,uint64,"
        "uint64,uint64)) Approved(uint32,address,uint32,uint32,uint64) ApprovalRevoked(uint32,address,uint32,uint32,"
        "uint64) ProposalCancelled(uint32) ProposalExecuted(uint32) ProductSet(uint32,(address,bool,uint128,uint128,"
        "uint32,uint8,bool,uint32,uint64,uint16[4],uint64[4],uint64[4])) RoleSet(address,uint8,bool,uint32) "
        "FeederSet(uint8,address) FacilityPolicySet(uint32,bool,uint128,uint64,uint64) JurisdictionSet(uint16,bool) "
        "FeesSet(uint64,uint64) CouncilSet(address,bool,uint32,uint32,uint32) Paused(uint8,address,uint64) "
        "Resumed(uint8) PricePosted(uint32,address,address,uint8,address,uint256,uint64,uint256) "
        "IdentityAttested(uint32,address,bytes32,uint16,uint8,uint64,address) IdentityRevoked(uint32,address,"
        "address) AccountFrozen(address,address) AccountUnfrozen(address,address) FacilityOpened(uint32,address,"
        "address,uint64,address) Deposited(uint32,address,uint128,uint256) Redeemed(uint32,address,uint256,uint128) "
        "BookAdvanced(uint32,uint32) WindDownBegun(uint32) RedemptionRequested(uint32,uint32,address,uint256) "
        "RedemptionCancelled(uint32,uint32,address,uint256) RedemptionProcessed(uint32,uint32,address,uint256,"
        "uint128,uint256) CoverDeposited(uint32,uint128) CoverWithdrawalAnnounced(uint32,uint128) "
        "CoverWithdrawn(uint32,uint128) ApplicationMade(uint32,address,uint32,uint32,uint32,uint128,uint32,bytes32,"
        "address,uint128,bytes32,uint32) ApplicationWithdrawn(uint32) ApplicationReviewed(uint32,address,bool,uint8,"
        "uint32,uint8,uint16) ApplicationLapsed(uint32) LoanOffered(uint32,uint32,address,(uint128,uint64,uint64,"
        "uint64,uint8,uint8,uint32,uint32,uint32,uint8,uint32,bool,uint32,uint32,uint128,uint128,uint32,uint128,"
        "uint64,uint32,uint64,address,uint128,uint64,uint64,uint64,uint64,uint64)) LoanAccepted(uint32,address,"
        "uint128,uint64) LoanAgreed(uint32,address,uint64) LoanCancelled(uint32,uint128) LoanDisbursed(uint32,uint32,"
        "uint128,uint128,uint128) Repaid(uint32,address,bytes32,uint256,uint128,uint256,uint128,int256,uint256,"
        "uint256,uint128,uint128,uint256,uint8) DefaultBooked(uint32,uint128,int256) "
        "AuctionStarted(uint32,uint32,uint256,uint128) CollateralTaken(uint32,address,uint128,uint256,uint128,uint256,"
        "int256,uint256,uint256,uint256,uint8) LoanSettled(uint32,uint128) "
        "SettlementRecorded(uint32,uint32,uint128,bool,bool) DefaultRecorded(uint32,uint32,bool)";

    /// @notice What the data of a revert says: an error of ours by name, one of the compiler's in words.
    function ofRevert(bytes memory data) internal pure returns (string memory) {
        if (data.length == 0) return "no data";
        if (data.length < SELECTOR_BYTES) return string.concat("no error, ", vm.toString(data));
        if (bytes4(data) == bytes4(keccak256("Panic(uint256)"))) {
            return string.concat("Panic(uint256) of ", ofWord(wordAt(data, SELECTOR_BYTES)));
        }
        string memory name = find(ERRORS, bytes4(data), SELECTOR_BYTES);
        if (bytes(name).length == 0) return string.concat("an unknown error, ", vm.toString(data));
        return
            data.length == SELECTOR_BYTES ? name : string.concat(name, " with more data, ", vm.toString(data));
    }

    /// @notice The signature of the function that a call or view is made to, or its first bytes.
    function ofCall(bytes memory callData) internal pure returns (string memory) {
        string memory name = find(string.concat(CALLS, " ", VIEWS), bytes4(callData), SELECTOR_BYTES);
        return bytes(name).length == 0 ? vm.toString(callData) : name;
    }

    /// @notice The signature of a call's function, and the words that the call passes to it.
    function ofCallWithArguments(bytes memory callData) internal pure returns (string memory text) {
        text = ofCall(callData);
        for (uint256 i = SELECTOR_BYTES; i + WORD_BYTES <= callData.length; i += WORD_BYTES) {
            text = string.concat(text, i == SELECTOR_BYTES ? " with " : ", ", ofWord(wordAt(callData, i)));
        }
    }

    /// @notice The signature of the pure function of a name; a name that is not listed is a signature itself.
    function ofOperation(string memory name) internal pure returns (string memory) {
        string[] memory signatures = vm.split(OPERATIONS, " ");
        for (uint256 i = 0; i < signatures.length; i++) {
            string memory listed = vm.split(signatures[i], "(")[0];
            if (keccak256(bytes(listed)) == keccak256(bytes(name))) return signatures[i];
        }
        return name;
    }

    /// @notice The signature of an event by its topic, or the topic.
    function ofEvent(bytes32 topic) internal pure returns (string memory) {
        string memory name = find(EVENTS, topic, WORD_BYTES);
        return bytes(name).length == 0 ? vm.toString(topic) : name;
    }

    /// @notice A word as a number where it is one that people read, else in hexadecimal.
    function ofWord(bytes32 word) internal pure returns (string memory) {
        return uint256(word) <= type(uint128).max ? vm.toString(uint256(word)) : vm.toString(word);
    }

    function wordAt(bytes memory data, uint256 offset) internal pure returns (bytes32 word) {
        assembly ("memory-safe") {
            word := mload(add(add(data, 32), offset))
        }
    }

    /// @dev The word of a list that hashes to `start` in its first `length` bytes; empty where there is none.
    function find(string memory list, bytes32 start, uint256 length) private pure returns (string memory) {
        uint256 unused = 256 - 8 * length;
        string[] memory words = vm.split(list, " ");
        for (uint256 i = 0; i < words.length; i++) {
            if (uint256(keccak256(bytes(words[i]))) >> unused == uint256(start) >> unused) return words[i];
        }
        return "";
    }
}
