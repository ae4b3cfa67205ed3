"""Sign the document of a call with the published key of an actor."""

from typing import Any

from lien.protocol.builders import sign, sign_restructuring
from lien.scenario.formulas import Scene
from lien.scenario.nodes import Node
from lien.spec.agreement import Accept, Countersign
from lien.spec.call import Call, parse_bytes
from lien.spec.genesis import account_of
from lien.spec.repayment import Restructure

BY = "by "
A_SIGNATURE = "a signature, such as by borrower, or 0x and an even number of hexadecimal digits"
OF_AGREEMENTS = (Accept, Countersign)  # calls that carry a signature of the loan's agreement
SIGNED = (*OF_AGREEMENTS, Restructure)
UNSIGNED = {"borrower_signature": b"", "servicer_signature": b""}


def read_signature(node: Node, kind: type[Call], given: dict[str, Any], scene: Scene) -> bytes:
    """Return the signature that is written, or that of the actor who is named."""
    text = node.text(A_SIGNATURE)
    if not text.startswith(BY):
        try:
            return parse_bytes(text)
        except ValueError:
            raise node.wrong(A_SIGNATURE) from None
    signer = text.removeprefix(BY).strip()
    actors = [name for name, account in scene.names.accounts.items() if account == account_of(name)]
    if signer not in actors:
        raise node.wrong(f"an actor of the genesis document after by, such as by {actors[0]}")
    if kind not in SIGNED:
        raise node.wrong(f"0x and hexadecimal digits, since a {kind.call_name()} is no agreement")
    if not scene.state.loans.contains(given["loan"]):
        raise node.wrong("0x and hexadecimal digits, since there is no such loan to sign for")
    if kind is Restructure:
        return sign_restructuring(scene.state, Restructure.model_validate({**given, **UNSIGNED}), signer)
    return sign(scene.state, given["loan"], signer, given["deadline"])
