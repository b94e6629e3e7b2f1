"""Registries: ordered, typed, and loud when two apps want one name."""

import pytest

from nums_wagtail.foundation.registry import DuplicateEntry, Registry


def test_a_registry_hands_out_its_items_in_order():
    registry: Registry[str] = Registry("things")
    registry.register("b", "second", owner="one", order=20)
    registry.register("a", "first", owner="one", order=10)
    assert list(registry) == ["first", "second"]


def test_a_duplicate_names_both_owners():
    registry: Registry[str] = Registry("things")
    registry.register("a", "mine", owner="app.one")
    with pytest.raises(DuplicateEntry, match=r"app\.one.*app\.two"):
        registry.register("a", "yours", owner="app.two")


def test_registering_the_same_item_again_is_fine():
    registry: Registry[str] = Registry("things")
    registry.register("a", "mine", owner="app.one")
    registry.register("a", "mine", owner="app.one")
    assert len(registry) == 1


def test_a_test_may_empty_a_registry_and_gets_it_back():
    registry: Registry[str] = Registry("things")
    registry.register("a", "mine", owner="app.one")
    with registry.emptied():
        assert "a" not in registry
    assert registry["a"] == "mine"
