"""Seals: known hashes made by hand, and Merkle paths for trees of every size."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import seals
from ledger.core.seals import Block


def by_hand(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_a_value_has_one_text():
    assert seals.canonical({"b": [1, None, "ñ"], "a": "2026-05-04"}) == '{"a":"2026-05-04","b":[1,null,"\\u00f1"]}'


class TestLeaf:
    def test_is_made_as_it_is_written(self):
        salt = by_hand("trama salt 1\n00ff 7")
        part = by_hand(f"trama part 1\n{salt}\n{{}}")

        assert seals.part_hash("{}", salt=seals.part_salt("00ff", 7)) == part
        assert seals.header_hash("{}") == by_hand("trama header 1\n{}")
        assert seals.leaf(41, "ab", seals.joined({7: part})).hex() == by_hand(f"\x0041 ab 7:{part}")

    def test_has_the_hash_that_it_always_had(self):
        assert seals.header_hash("{}") == "e6d3eba830d276d75ebfee7b346afdcf3a50d6387b5c79b5c599ff65f05cd12c"
        assert (
            seals.root([seals.leaf(1, "a", "1:b"), seals.leaf(2, "a", "1:b"), seals.leaf(3, "a", "")])
            == "9200be1ddbba292b41def3af364d40d71aba6c9ebddd46b941cf432a6614c6d3"
        )

    def test_parts_are_read_back(self):
        assert seals.joined({12: "b", 3: "a"}) == "3:a,12:b"
        assert seals.split("3:a,12:b") == {3: "a", 12: "b"}
        assert seals.split("") == seals.split("nonsense") == {}


class TestTree:
    def test_three_leaves_by_hand(self):
        one, two, three = (bytes([number]) * 32 for number in range(3))
        left = sha256(b"\x01" + one + two).digest()

        assert seals.root([one, two, three]) == sha256(b"\x01" + left + three).hexdigest()
        assert seals.root([one]) == one.hex()

    @given(st.integers(1, 70), st.data())
    def test_every_leaf_leads_to_the_root_by_its_path_and_by_no_other(self, count: int, data: st.DataObject):
        leaves = [sha256(bytes([number])).digest() for number in range(count)]
        tree = seals.levels(leaves)
        at = data.draw(st.integers(0, count - 1))
        path = seals.path(tree, at)
        root = seals.root(leaves)

        assert seals.climb(leaves[at], at=at, count=count, neighbours=path) == root
        for other in range(count):
            if other != at:
                try:
                    reached = seals.climb(leaves[at], at=other, count=count, neighbours=path)
                except ValueError:
                    continue
                assert reached != root

    @pytest.mark.parametrize(("at", "neighbours"), [(2, []), (-1, ["00"]), (0, []), (0, ["00" * 32, "00" * 32])])
    def test_refuses_what_leads_nowhere(self, at: int, neighbours: list[str]):
        with pytest.raises(ValueError, match=r"place|neighbour"):
            seals.climb(b"\x00" * 32, at=at, count=2, neighbours=neighbours)


class TestBlock:
    def test_every_field_counts(self):
        fields = {
            "version": 1,
            "height": 2,
            "first": 3,
            "last": 9,
            "holes": [[4, 4]],
            "late": [1],
            "events": 7,
            "root": "r",
            "previous": "p",
            "sealed_at": "2026-05-04T12:00:00.000000Z",
        }
        block = Block(**fields)
        others = {Block(**{**fields, name: [[5, 5]] if name == "holes" else 8}).hash() for name in fields}

        text = 'trama block 1\n[1,2,3,9,[[4,4]],[1],7,"r","p","2026-05-04T12:00:00.000000Z"]'
        assert block.hash() == by_hand(text)
        assert len({block.hash(), *others}) == len(fields) + 1

    def test_holes_are_runs(self):
        assert seals.holes(1, 10, [1, 2, 3, 5, 6]) == [[4, 4], [7, 10]]
        assert seals.holes(1, 2, [2, 1]) == []
        assert seals.holes(5, 4, []) == []
