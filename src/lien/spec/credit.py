"""Chapter 11: the credit record.

An identity keeps how its loans ended: settled on time, settled late, defaulted, and what was repaid on time.
It is keyed by the commitment, so that a new account does not wipe it. Only loans count that are neither too
small nor too short, of facilities that the council approved: nobody improves a record by lending to
themselves for a day. How long a loan was is how long it was held where it settles, and how long it was agreed
for where it defaults. No call is of this chapter, and no event: the record is kept by the calls that settle a
loan or find it in default, and their events say whether it counts.

The score is the base, and points for the median rating that reviewers gave, for each settlement on time up to
a maximum, and for the volume repaid on time up to a small maximum; less points for each late settlement and,
more, for each default; from zero to the maximum. An identity has at most eight live loans.

Requirements:

- CREDIT-1: a score lies between zero and the maximum, whatever the record and the rating.
- CREDIT-2: an on-time settlement never lowers a score; a late one never raises it; a default never raises it.
- CREDIT-3: a better rating never lowers a score.
- CREDIT-4: a loan that does not count changes no record.
- CREDIT-5: a live loan stands in exactly one of its identity's places, and leaves the others as they are.
- CREDIT-6: a record changes only by the settlement or the default of a loan of its identity, by one each.

Trust: volume and least principal are in base units, whatever the asset is worth; the council approves only
facilities of assets for which they mean something. Who lends and borrows with two identities in an approved
facility can settle loans on time at the price of their charges.
"""
