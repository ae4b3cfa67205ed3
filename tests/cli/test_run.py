"""A scenario is played and told: in tables, in JSON, on a page; what goes wrong ends with one line."""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as Xml
from pathlib import Path
from typing import NoReturn

import pytest

from lien.invariants.explore.violation import Violation
from lien.scenario.shipped import shipped
from tests.cli.conftest import Ran, Run

SMALL = """\
title: A small test
calls:
  - {call: open_facility, sender: servicer, at: 2024-01-15 09:00, asset: dUSD, interest_fee: 10 %}
  - call: deposit
    sender: lender
    at: +1h
    note: The first cash.
    facility: last
    amount: 1,000 dUSD
  - {call: deposit, sender: lender, facility: 1, amount: 0, expect: ZERO_AMOUNT}
"""
TABLES = """\
A small test

time               sender     call            what came of it
────────────────────────────────────────────────────────────────────────────────
2024-01-15 09:00   servicer   open_facility   accepted
                                              facility opened: facility 1, asset
                                              dUSD, servicer servicer, interest
                                              fee 10 %, lender nobody
2024-01-15 10:00   lender     deposit         accepted
                                              lender -> protocol 1,000.00 dUSD
                                              deposited: facility 1, lender
                                              lender, amount 1,000.00 dUSD,
                                              shares 1,000.00
                                              The first cash.
2024-01-15 10:00   lender     deposit         rejected: ZERO_AMOUNT

Facilities at the end
facility   servicer   cash            principal   net assets      share price
─────────────────────────────────────────────────────────────────────────────
1          servicer   1,000.00 dUSD   0.00 dUSD   1,000.00 dUSD   1.00 dUSD

3 calls: 2 accepted, 1 rejected, all as expected
"""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of a small scenario, in the folder in which one is."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    return Path("small.yaml")


def spoiled(path: Path, old: str, new: str) -> str:
    """Change a scenario and return its name."""
    assert old in SMALL
    path.write_text(SMALL.replace(old, new))
    return str(path)


def plain(ran: Ran) -> str:
    """Return what was written, without the spaces that fill a table up."""
    return re.sub(" +\n", "\n", ran.output)


def test_a_scenario_is_told_in_tables(run: Run, small: Path) -> None:
    """Given a file / When it is run / Then each call is a row, and the facility stands at the end."""
    ran = run("run", str(small))
    assert (ran.code, ran.errors) == (0, "")
    assert plain(ran) == TABLES


def test_in_a_wide_window_each_thing_has_its_column(
    run: Run, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a wide window / When a file is run / Then outcome, money and events stand side by side."""
    monkeypatch.setenv("COLUMNS", "200")
    words = " ".join(run("run", str(small)).output.split())
    assert "time sender call outcome money moved what happened" in words
    assert "deposit accepted lender -> protocol 1,000.00 dUSD deposited: facility 1" in words


def test_a_scenario_is_told_in_json(run: Run, small: Path) -> None:
    """Given a file / When JSON is asked for / Then one document has every call and the end."""
    told = json.loads(run("run", str(small), "--json").output)
    accounts, assets = told.pop("accounts"), told.pop("assets")
    assert accounts["protocol"] == "0x11e0000000000000000000000000000000000001"
    assert assets["dUSD"] == {"address": "0xd011000000000000000000000000000000000002", "decimals": 6}
    opened, deposited, rejected = told.pop("calls")
    assert told == {
        "title": "A small test",
        "end": "2024-01-15T10:00:00Z",
        "loans": [],
        "facilities": [
            {
                "facility": "1",
                "asset": "dUSD",
                "servicer": "servicer",
                "cash": "1000000000",
                "principal": "0",
                "net_assets": "1000000000",
                "share_price": "1000000",
            }
        ],
        "borrowers": [],
    }
    assert opened["arguments"] == {
        "asset": "dUSD",
        "interest_fee": "100000000000000000",
        "lender": f"0x{0:040x}",
    }
    assert deposited == {
        "number": 2,
        "time": "2024-01-15T10:00:00Z",
        "sender": "lender",
        "call": "deposit",
        "arguments": {"facility": "1", "amount": "1000000000", "minimum_shares": "0"},
        "outcome": "accepted",
        "transfers": [{"asset": "dUSD", "payer": "lender", "payee": "protocol", "amount": "1000000000"}],
        "events": [
            {
                "event": "Deposited",
                "facility": "1",
                "lender": "lender",
                "amount": "1000000000",
                "shares": "1000000000000000",
            }
        ],
    }
    assert (rejected["outcome"], rejected["reason"], rejected["compared"]) == ("rejected", "ZERO_AMOUNT", {})


def test_a_json_file_is_a_scenario_too(run: Run, small: Path) -> None:
    """Given the same scenario in JSON, with tabs / When it is run / Then the same comes of it."""
    calls = [
        {
            "call": "open_facility",
            "sender": "servicer",
            "at": "2024-01-15T09:00:00Z",
            "asset": "dUSD",
            "interest_fee": 10**17,
        },
        {"call": "deposit", "sender": "lender", "at": "+60 min", "facility": 1, "amount": 10**9},
        {"call": "deposit", "sender": "lender", "facility": 1, "amount": 0, "expect": "ZERO_AMOUNT"},
    ]
    written = small.with_suffix(".json")
    written.write_text(json.dumps({"title": "A small test", "calls": calls}, indent="\t"))
    assert run("run", str(written), "--json") == run("run", str(small), "--json")


# --- what does not go as it says --------------------------------------------------------------------


def test_an_unexpected_rejection_is_one_line(run: Run, small: Path) -> None:
    """Given a deposit of more than the lender has / When run / Then reason and figures are named, code 1."""
    ran = run("run", spoiled(small, "amount: 1,000 dUSD", "amount: 2,000,000,000 dUSD"))
    compared = "balance 1,000,000,000,000,000, amount 2,000,000,000,000,000"
    held = "the account that pays holds less than it has to pay"
    assert (ran.code, ran.output) == (1, "")
    assert ran.errors == (
        "lien: small.yaml:4: call 2, deposit by lender on 2024-01-15 10:00: "
        f"found INSUFFICIENT_BALANCE ({held}: {compared}), expected accepted\n"
    )


def test_a_rejection_that_does_not_come_is_one_line(run: Run, small: Path) -> None:
    """Given a call that must be rejected / When it is accepted / Then that is said, code 1."""
    ran = run("run", spoiled(small, "amount: 0", "amount: 1"))
    assert (ran.code, ran.output) == (1, "")
    assert ran.errors == (
        "lien: small.yaml:10: call 3, deposit by lender on 2024-01-15 10:00: "
        "found accepted, expected ZERO_AMOUNT\n"
    )


def test_a_rejection_for_another_reason_is_one_line(run: Run, small: Path) -> None:
    """Given a call that must be rejected / When it is for another reason / Then both are named, code 1."""
    ran = run("run", spoiled(small, "expect: ZERO_AMOUNT", "expect: ZERO_SHARES"))
    assert (ran.code, ran.output) == (1, "")
    assert ran.errors.endswith("found ZERO_AMOUNT (the amount is zero), expected ZERO_SHARES\n")


def test_nothing_is_written_where_a_call_does_not_go_as_it_says(run: Run, small: Path) -> None:
    """Given a scenario that fails / When a report is asked for / Then there is none."""
    assert run("run", spoiled(small, "amount: 0", "amount: 1"), "--report", "page.html").code == 1
    assert [path.name for path in Path().iterdir()] == ["small.yaml"]


def test_an_interrupted_report_leaves_nothing(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a report of before / When a new one is interrupted / Then the one of before is there."""
    Path("page.html").write_text("before")

    def interrupt(_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr("lien.scenario.report.page", interrupt)
    assert run("run", str(small), "--report", "page.html").code == 130
    assert Path("page.html").read_text() == "before"
    assert sorted(path.name for path in Path().iterdir()) == ["page.html", "small.yaml"]


MISTAKES = {
    "": "name a scenario: a file, or one of those that lien run --list names",
    "sme-laon": "there is no scenario 'sme-laon': did you mean sme-loan?",
    "nothing.yaml": "nothing.yaml: there is no such file",
    "nowhere/small": "nowhere/small: there is no such file",
    ".": ".: found a folder, expected a file in YAML or JSON",
    "small.yaml --report nowhere/page.html": "nowhere/page.html: there is no folder nowhere",
    "small.yaml --report .": ". is a folder",
}


@pytest.mark.parametrize("arguments", list(MISTAKES))
@pytest.mark.usefixtures("small")
def test_a_mistake_is_one_line(run: Run, arguments: str) -> None:
    """Given a wrong use / When it is tried / Then one line says what to change, and nothing is written."""
    ran = run("run", *arguments.split())
    assert (ran.code, ran.output, ran.errors) == (2, "", f"lien: {MISTAKES[arguments]}\n")
    assert [path.name for path in Path().iterdir()] == ["small.yaml"]


# --- every property, every scenario, every time -----------------------------------------------------


def test_properties_are_checked_on_request(run: Run, small: Path) -> None:
    """Given a file / When a check is asked for / Then it is said that every property held."""
    lines = run("run", str(small), "--check").output.splitlines()
    told = r"[0-9]+ properties checked: of each of 3 calls, and of 3 states on the way: all hold"
    assert re.fullmatch(told, " ".join(lines[-1:]))


def test_a_property_that_does_not_hold_fails(run: Run, small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Given a property that is false / When a check is asked for / Then it is named, code 1."""
    broken = Violation("LOAN-DEBT", "loan 1", "the debt is wrong")

    def violations(_: object) -> list[Violation]:
        return [broken]

    monkeypatch.setattr("lien.invariants.explore.check.call_violations", violations)
    ran = run("run", str(small), "--check")
    assert (ran.code, ran.output) == (1, "")
    assert ran.errors == f"lien: small.yaml: call 1: {broken}\n"


@pytest.mark.parametrize("name", list(shipped()))
def test_every_shipped_scenario_goes_as_it_says(run: Run, tmp_path: Path, name: str) -> None:
    """Given a scenario of the package / When run with every property checked, and written as a page
    / Then all is as it says, and the page is well formed, fetches nothing and runs nothing.
    """
    ran = run("run", name, "--check", "--report", str(tmp_path / "page.html"))
    assert (ran.code, ran.errors) == (0, "")
    assert "all as expected" in ran.output
    assert "the report is in" in ran.output
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    names = [element.tag for element in Xml.fromstring(page).iter()]
    assert "://" not in page
    assert not re.search(r"(?:src|href|@import|url)\b(?!\(#)", page)
    assert not {"script", "link", "img", "iframe"} & set(names)


def test_the_shipped_scenarios_are_listed(run: Run) -> None:
    """When the list is asked for / Then each scenario is there, with its title."""
    lines = run("run", "--list").output.splitlines()
    assert [line.split()[0] for line in lines[2:-1]] == list(shipped())
    assert "sme-loan         A loan to a small business" in [line.rstrip() for line in lines]


def test_the_same_file_gives_the_same_bytes(tmp_path: Path) -> None:
    """Given two hash seeds / When a scenario is run twice / Then JSON and page are equal to the byte."""
    outcomes: list[tuple[bytes, bytes]] = []
    program = "import sys; from lien.cli import main; sys.exit(main(sys.argv[1:]))"
    for seed in ("1", "2"):
        page = tmp_path / f"{seed}.html"
        command = [sys.executable, "-c", program, "run", "bilateral-loan", "--json", "--report", str(page)]
        environment = os.environ | {"PYTHONHASHSEED": seed}
        ran = subprocess.run(command, capture_output=True, check=True, env=environment)
        outcomes.append((ran.stdout, page.read_bytes()))
    assert outcomes[0] == outcomes[1]
