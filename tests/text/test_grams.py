"""Character n-grams looked for by Python alone."""

from bot.text.grams import PlainGramShares


def test_each_sentence_has_the_shares_of_the_n_grams_that_stand_in_it() -> None:
    shares = PlainGramShares({"_red": 0.25, "dund": 0.5, "_a_": 0.125, "xyzz": 0.125})
    sentences = ["_a_redundancy_", "_the_red_a_", "_xyz_z_", ""]
    assert shares.in_each(sentences) == [0.875, 0.375, 0.0, 0.0]


def test_without_sentences_there_is_nothing_to_look_in() -> None:
    assert PlainGramShares({"_red": 1.0}).in_each([]) == []


def test_shares_are_added_in_their_order() -> None:
    shares = {"one_": 1.0, "two_": 2.0**-53, "tree": 2.0**-53}
    assert PlainGramShares(shares).in_each(["_one_two_tree_"]) == [1.0]
    backwards = dict(reversed(shares.items()))
    assert PlainGramShares(backwards).in_each(["_one_two_tree_"]) == [1.0 + 2.0**-52]
