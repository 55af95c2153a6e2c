"""Licence texts of our own making, and their fingerprints in a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from licensecheck.recognise import Fingerprints, load_fingerprints
from licensecheck.recognise.build import main

AGREEMENT = """\
Juniper {version} Model Agreement

Juniper {version} Release Day: March 4, 2031

"Orchard" means the weights, tables and programs of Juniper {version} together with the handbook that describes how they are run.

By fetching any part of the Orchard you take on everything that is written below, on your own behalf and for those you work for.

1. Grants and passing on.
    a. Grant. You receive a worldwide and royalty free permission to run, study, copy and change the Orchard under the rights we hold.
    b. Passing on.
        i. Whoever hands the Orchard or a work made from it on encloses this agreement and shows "Grown with Juniper" on its front page.
        ii. Whoever obtains the Orchard inside a finished appliance is not bound by section 2 as long as the appliance stays closed.
        iii. Every copy that is handed on keeps the line "Juniper is lent under the Juniper Agreement, (c) Hedge Works" in a Notice file.
        iv. Your use follows the law of the place where you are and the house rules published at https://hedge.example/rules/juniper.
2. Large operators. If on the release day the products of the licensee counted more than {users} million visitors in the month before, you
ask us for a separate permit, which we may grant or refuse as we see fit, and until then nothing in this agreement allows you to go on.
3. No promises. The Orchard comes as it stands, without any promise of fitness, title or freedom from faults, and you alone judge whether
it suits your purpose and carry every risk that comes from running it.
4. Limits. Neither we nor those who belong to us answer for lost earnings or for indirect, special or incidental harm of any kind.
5. Rights in the works.
    a. No trade marks are lent, except that you may write the words required by section 1 in the way shown in the handbook.
    b. What you change or derive belongs to you, as far as it goes beyond what belongs to us.
    c. If you bring a claim against us saying that the Orchard violates a right you own, all permissions given to you here end that day.
6. End. This agreement lasts until it is ended; we may end it when you break one of its terms, and then you delete every copy you keep.
7. Courts. Disputes are heard in the town of Brackenfield under its own law and nowhere else.
"""

POLICY = """\
Juniper Conduct Policy

We care about what is done with Juniper. If you use it, you accept this policy.

You agree that you will not use Juniper to:

1. Break the law or the rights of others, such as by
    1. helping with violence or terror against anybody
        1. threats against schools and hospitals
        2. handing out plans of explosives to strangers
    2. harassing or bullying a person or a group of persons
    3. practising medicine or law without the licence it needs
2. Plan or develop things that put people in danger of death, among them
    1. weapons of war and their delivery
    2. the running of power plants and waterworks
3. Deceive others on purpose, by spreading made-up reviews or by passing as a human being

With respect to models that read pictures, nothing is granted to companies seated on the island of Farfield.

Tell us about breaches of this policy by post to the Hedge Works.

* faults of the model: the left letter box
* unlicensed use: the right letter box
"""

PERMISSIVE = """\
The Meadow Licence

Copyright (c) <year> <copyright holders>

Everybody who holds a copy of this work may run it, change it, lend it, sell it and give it away, alone or together with other works,
if the copyright line above and this permission stay in every copy.

The work is given as it is found. Neither the authors nor the copyright holders answer for any harm, claim or cost that comes from the
work or from dealing with it, on whatever ground it is claimed.
"""


#: Of one version the policy is printed as an annex, in slightly other words than by itself.
ANNEXED = AGREEMENT.format(version="1.0", users="300") + "\n\n" + POLICY.replace("by post", "by letter")


def agreement(version: str = "2.0", users: str = "300") -> str:
    return AGREEMENT.format(version=version, users=users)


TEXTS = {
    "juniper-2.0": agreement(),
    "juniper-2.1": agreement("2.1").replace("in a Notice file", "in a Notice file beside the weights"),
    "juniper-1.0": ANNEXED,
    "juniper-policy": POLICY,
    "meadow": PERMISSIVE,
}


def write_texts(folder: Path, texts: dict[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        family, spdx = ("permissive", "Meadow") if name == "meadow" else ("juniper", None)
        kind = "use-policy" if name.endswith("policy") else "weights-licence"
        rows.append({"id": name, "file": f"{name}.txt", "kind": kind, "family": family, "spdx": spdx, "variants": []})
    (folder / "index.yaml").write_text(yaml.safe_dump({"licences": rows}), encoding="utf-8")
    return folder


def fingerprints_of(folder: Path, texts: dict[str, str]) -> Fingerprints:
    out = folder / "fingerprints"
    assert main(["--texts", str(write_texts(folder / "texts", texts)), "--out", str(out)]) == 0
    return load_fingerprints(out)


@pytest.fixture(scope="session")
def prints(tmp_path_factory: pytest.TempPathFactory) -> Fingerprints:
    return fingerprints_of(tmp_path_factory.mktemp("recognise"), TEXTS)
