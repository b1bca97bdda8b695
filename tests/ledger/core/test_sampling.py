"""A sample by lot: drawn again from the seed, whatever the order, each as likely as the other."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ledger.core import sampling

NAMES = st.sets(st.text(st.characters(codec="utf-8"), max_size=12), max_size=30)


@given(names=NAMES, seed=st.text(st.characters(codec="utf-8"), max_size=10), count=st.integers(0, 40), data=st.data())
def test_is_the_same_whatever_the_order(names: set[str], seed: str, count: int, data: st.DataObject):
    shuffled = data.draw(st.permutations(sorted(names)))
    drawn = sampling.draw(shuffled, seed=seed, count=count)

    assert drawn == sampling.draw(sorted(names), seed=seed, count=count)
    assert len(drawn) == len(set(drawn)) == min(count, len(names))
    assert set(drawn) <= names
    # A larger one begins with a smaller one.
    assert sampling.draw(shuffled, seed=seed, count=count + 1)[:count] == drawn
    assert sampling.fingerprint(shuffled) == sampling.fingerprint(names)


def test_is_as_documented():
    # printf '4821\\n2026/1' | sha256sum
    assert sampling.lot("4821", "2026/1").hex() == "deadc5ec4e58ef94b8d02e045a2debe838a062aeb783624c365b7991c14207ef"


def test_draws_each_about_as_often():
    names = [f"2026/{number}" for number in range(1, 11)]
    times = Counter(name for seed in range(1_000) for name in sampling.draw(names, seed=str(seed), count=3))

    assert set(times) == set(names)
    assert all(240 < each < 360 for each in times.values())
