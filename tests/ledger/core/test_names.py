"""Names that beancount and hledger both take, no two alike."""

import re

import pytest
from beancount.core.account import is_valid
from beancount.core.amount import CURRENCY_RE
from hypothesis import given
from hypothesis import strategies as st

from ledger.core import names
from ledger.core.chart import CHART
from ledger.core.names import Given


class TestAccount:
    def test_says_where_it_stands_and_whose_it_is(self):
        name = names.account(
            nature="asset", book="Molino", number="1202", unit="ARS", counterparty="Grafica", peg=("KG", "Harina-000")
        )

        assert name == "Assets:Molino:1202-Deudores-Intercooperativos:ARS:Grafica:KG:Harina-000"

    def test_keeps_memo_accounts_apart(self):
        name = names.account(nature="memo", book="Molino", number="9201", unit="HAULA")

        assert name == "Equity:Memo:Molino:9201-Horas-Aula-Cedidas:HAULA"

    @pytest.mark.parametrize("line", CHART, ids=lambda line: line.number)
    def test_of_the_whole_chart_is_valid(self, line):
        assert is_valid(names.account(nature=line.nature, book="X", number=line.number, unit="ARS"))


class TestGiven:
    def test_writes_plain_letters(self):
        given_ = Given()

        assert given_.component("Confección Ñandú", number=1) == "Confeccion-Nandu"
        assert given_.commodity("KG", "harina 000", number=2) == "KG-HARINA-000"
        assert given_.commodity("M2", number=3) == "M2"

    def test_tells_apart_what_would_look_the_same(self):
        given_ = Given()

        found = [given_.component(text, number=at) for at, text in enumerate(["a-b", "a_b", "A b", "ñ", "日本"], 1)]

        assert found == ["A-B", "A-B-ID2", "A-B-ID3", "N", "ID5"]

    def test_cuts_a_long_name_and_keeps_it_apart(self):
        given_ = Given()

        found = [given_.commodity("UN", "mesadas de acero inoxidable", str(at), number=at) for at in (1, 2)]

        assert found == ["UN-MESADAS-DE-ACERO-INOX", "UN-MESADAS-DE-ACERO-IN.2"]

    @given(st.lists(st.text(max_size=40) | st.sampled_from(["a b", "a-b", "A.B", "b.2", "a-ID2"]), max_size=12))
    def test_gives_no_name_twice_and_none_that_is_invalid(self, texts: list[str]):
        in_accounts, in_amounts = Given(), Given()

        components = [in_accounts.component(text, number=at) for at, text in enumerate(texts, 1)]
        commodities = [in_amounts.commodity(text, number=at) for at, text in enumerate(texts, 1)]

        assert len(set(components)) == len(set(commodities)) == len(texts)
        assert all(is_valid(f"Assets:{each}") for each in components)
        assert all(re.fullmatch(CURRENCY_RE, each) and len(each) <= names.COMMODITY_MAX for each in commodities)
