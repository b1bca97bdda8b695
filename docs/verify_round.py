"""Check clearing rounds of Trama: python3 verify_round.py FILE [FILE ...].

It needs Python and nothing else, solves nothing, and believes nothing that FILE says. Exit: 0 right, 1 wrong.
*Balanced*: nobody's net position changes, and no claim is cancelled by more than it is. *Optimal*: each claim that
climbs less than its gain is cancelled in full, each that climbs more not at all, so nobody can do better (a climb is
the creditor's height less the debtor's; around a circle climbs sum to zero). Gains come first by amount (1), then by
age in days, then by lot: the first 31 bits of SHA-256 over seed, newline, id. Form 2 is a round into which is lent:
that goes from "+lent" to who pays with it, and from who takes it to "+taken". There a claim is worth 2, and what is
lent 1 less: the most is cancelled, and of all ways to do that with the least lent.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path


def lot(seed, claim):
    """Return the lot of a claim."""
    return int(sha256(f"{seed}\n{claim}".encode()).hexdigest()[:8], 16) >> 1


def each_once(pairs):
    """Refuse a name that stands twice."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


def rows_of(told):
    """Return [id, debtor, creditor, amount, age, worth] of each claim, and of what is lent by each and to each."""
    if "lending" not in told:
        return [[*claim, 1] for claim in told["claims"]]
    lending = told["lending"]
    rows = [[*claim, 2] for claim in told["claims"]]
    rows += [[f"+pays {name}", "+lent", name, amount, 0, 0] for name, amount in lending["pays"].items()]
    rows += [[f"+takes {name}", name, "+taken", amount, 0, 0] for name, amount in lending["takes"].items()]
    return rows + ([["+lent", "+taken", "+lent", lending["most"], 0, -1]] if lending["most"] else [])


def wrong_form(told):
    """Return whether it is of a form that is known, and of the claims of which the hash was taken."""
    found, inputs = [], [told["form"], told["unit"], told["cut_off"], sorted(told["claims"])]
    if "lending" in told:
        inputs += [told["lending"]["most"], told["lending"]["pays"], told["lending"]["takes"]]
        if any(row[0][:1] == "+" or {"+lent", "+taken"} & {*row[1:3]} for row in told["claims"]):
            found.append("a claim has a name that is for what is lent")
    if told["form"] != f"trama clearing round {2 if 'lending' in told else 1}":
        found.append("this is no clearing round of form 1 or 2")
    if sha256(json.dumps(inputs, separators=(",", ":"), sort_keys=True).encode()).hexdigest() != told["inputs"]:
        found.append("the claims are not those of which the hash was taken")
    return found


def wrong(text):
    """Return what is wrong with a round, a sentence each."""
    told = json.loads(text, object_pairs_hook=each_once)
    claims, cancelled, found = rows_of(told), {**told["cancelled"], **told.get("lent", {})}, wrong_form(told)
    heights = {name: (told["heights"][name], *told["order"][name]) for name in told["heights"]}
    numbers = [*cancelled.values(), *(number for height in heights.values() for number in height)]
    numbers += [number for claim in claims for number in claim[3:]]
    if any(type(number) is not int for number in numbers):
        found.append("not all numbers are whole")
    if len({row[0] for row in claims}) < len(claims):
        found.append("a claim stands twice")
    if missing := {name for row in claims for name in row[1:3]} - heights.keys():
        found.append(f"no height is told of {min(missing)}")
    if strange := cancelled.keys() - {row[0] for row in claims}:
        found.append(f"cancelled, but not a claim of the round: {min(strange)}")
    return found or unbalanced(claims, cancelled) or against(claims, cancelled, heights, told["seed"])


def unbalanced(claims, cancelled):
    """Return what is cancelled beyond a claim, and who would not be as before."""
    found, net = [], {}
    for claim, debtor, creditor, amount, age, _worth in claims:
        gone = cancelled.get(claim, 0)
        if not 0 <= gone <= amount or amount < 1 or age < 0 or debtor == creditor:
            found.append(f"claim {claim}: {gone} cancelled of {amount}, {age} days old, {debtor} to {creditor}")
        net[debtor] = net.get(debtor, 0) + gone
        net[creditor] = net.get(creditor, 0) - gone
    return found + [f"{name} would lose or gain {abs(net[name])}" for name in sorted(net) if net[name]]


def against(claims, cancelled, heights, seed):
    """Return the first claim that is against the heights; or that claims tie around a circle."""
    group = {name: name for name in heights}
    for claim, debtor, creditor, amount, age, worth in claims:
        gains = worth, age, lot(seed, claim)
        slack = [gain - up + down for gain, up, down in zip(gains, heights[creditor], heights[debtor], strict=True)]
        gone = cancelled.get(claim, 0)
        if (slack > [0, 0, 0] and gone < amount) or (slack < [0, 0, 0] and gone):
            aim = "cancel the most" if slack[0] else "cancel the oldest first" if slack[1] else "follow the lots"
            return [f"not proven to {aim}: claim {claim}, {gone} cancelled of {amount}, is against the heights"]
        if slack == [0, 0, 0]:
            while group[debtor] != debtor:
                group[debtor] = debtor = group[group[debtor]]
            while group[creditor] != creditor:
                group[creditor] = creditor = group[group[creditor]]
            if debtor == creditor:
                return [f"not proven the only one: claim {claim} ties with others around a circle"]
            group[debtor] = creditor
    return []


def main(files):
    """Say of each file what it is, and return 1 if one is wrong."""
    status = 0
    for name in files:
        try:
            found = wrong(Path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            found = [f"not readable as a round: {error!r}"]
        status |= bool(found)
        sys.stdout.write("".join(f"{name}: {sentence}\n" for sentence in found or ["balanced, optimal"]))
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) if sys.argv[1:] else __doc__)
