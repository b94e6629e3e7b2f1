"""Known answers of everything that is stored or given out: whoever changes a format, breaks one of these.

What is sealed with fresh randomness is pinned by opening what was sealed once; the envelope itself, subkeys and
HPKE have their vectors in ``test_envelope``, ``test_keyring`` and ``test_team``. HKDF and fast tags are worked
out here a second time from their definitions alone.
"""

import hashlib
import hmac
from uuid import UUID

import pytest

from nums_wagtail.vault import data_keys, indexes
from nums_wagtail.vault.data_keys import OpenedKey
from nums_wagtail.vault.documents import open_document
from nums_wagtail.vault.envelope import Context
from nums_wagtail.vault.fields import open_values
from nums_wagtail.vault.holders import ReceiptHolder, SiteHolder, TeamHolder
from nums_wagtail.vault.key_sheet import key_sheet_lines, read_key_sheet
from nums_wagtail.vault.keyring import Label, site_keyring
from nums_wagtail.vault.models import DataKey, TeamKey
from nums_wagtail.vault.padding import pad
from nums_wagtail.vault.receipts import Receipt, word_list
from nums_wagtail.vault.sealed_state import open_state

from .samples import Diary

MASTER = b"one".ljust(32, b".")
RECEIPT = Receipt([0, 1, 4242, 7774, 7775])
KEY = OpenedKey(UUID("00112233-4455-6677-8899-aabbccddeeff"), bytes(range(100, 132)))
PHONE = "+447700900123"

SUBKEYS = {
    Label.FIELDS: "63448bd5fd0d064d1e9d88ec61cd30e0aa52fe75ba7c3fc91b371206a93c4485",
    Label.INDEXES: "4b35d859abce2a511dd696220d72dc93306cf92dc641c1921197829ad1c67fc9",
    Label.RECEIPTS: "8d35dd9245fbce229247517b337d403d2d8e63342fb8204810c0e2081733079d",
    Label.TOKENS: "d346177965cc8613f8f88ec448993214aa10215bbdd140201386a1152deca3f5",
    Label.TEAM: "8422a40d376bd2fe457799f0ced7cd4976d3918e80c43e8af4de6e776f175397",
}
FAST_TAG = "ea94be958baacd840ff6967da42999804f7fd4f15b8b9bfd3eea09aab04c2082"
SLOW_TAG = "c593aef2f85604e5660dc46a5dbc39dea19d969bfdd9ccdfedc6f1ddb04c2082"
LOOKUP_ID = "1e015cd5a23ccea14d8d857910f45de5"
RECEIPT_KEY = "7d18349ba096ea5c7f883f4ddbe0ead9ce7703efed550e38c241977d4ba07f50"
WRAPPED_SITE = (
    "4e3101036f6e65000102030405060708090a0b6ef5aa761c74c5257d3dc47c11f3e5e474551a216fe0a7e9f37203d709"
    "f8dcc684781e0e915a122825627913c689d056"
)
WRAPPED_RECEIPT = (
    "4e3101036f6e65000102030405060708090a0bae7fc5b6f548b2381b10f618e72de6314b3d122df92f55981bb87897e4"
    "5fa36d0b2a038addf560c06a73632e7db3f45d"
)
PUBLIC = "8f40c5adb68f25624ae5b214ea767a6ec94d829d3d7b5e1ad1ba6f3e2138285f"
WRAPPED_PRIVATE = (
    "4e3101036f6e65000102030405060708090a0bff17a6e03f481a31dcdada93293204d141181c95ff79c739347c0a32d8"
    "fcec5b683f731f51e8e575d85895061fc51d1e"
)
WRAPPED_TEAM = (
    "4e3102057465616d31ea6477c692e0b5e0da01516692090f128666849dd53f70830a5425a8b6831b01b32fc3c743925e"
    "0f21465e4f27b3de038daf48e55a464ea3334a5024f32c92a8819f0a322b2c7146b49ce67621214958"
)
STATE = (
    "TjEBA29uZQABAgMEBQYHCAkKC2SJQcl2PiXgvAfyZ2GNwzOhGMxCTqHNks_aArEKThXYokfGaX0nwYPEN-uaO9nAK9F0emC4"
    "2uaQApS0SJ2ElaqHMSL4CBbey_JYGXsXJuIbswDxeNkx1-swduH3qPgH8pWWOztBIvbo8D-LWwUQ4N-hkrEv_9kHNJD-N9FN"
    "nv2LexGMU6bwx5DxMu1TEeN0bAFDuVGv6T4mHDMI8uEiITbMr8iPgFXkEKEqVzMLFmD2NK5LwTsSwtWPH24MSEHeIJ2yBDjL"
    "70fIuGoJFtNkwHtH2pwFlahC-i2nXpgdrqBx0_3UdZun6n19WPwGIB6pRbVlv7UnJplkcBc5YzbOTbkOr67poU1NsbO6e3ij"
    "4nIQ"
)
#: One bucket of 1,024 bytes, most of them sealed zeros.
DOCUMENT = (
    "4e31010164000102030405060708090a0b9fab3855c66fafcba720b2eae1f5fad69a3507b26a711393048d8c292eec41"
    "e0b036ccd42d2a02ca82d1e0ed16ef4648d440dfb162e3690294be02aec2691cf0df02bbdf698d6c47c8e681af69a072"
    "9dd43e07f30a84e5dbdf660723150aa6d0e382393fdf8c8965f5e23360358ddb44e5839ba86fb28649c0a3904cf40b36"
    "4b90b1d5a495632056b9fbfd22e8baf1e695b1fac2ad46274534ebf94b5f2aae5221f6d924f0b6d5f367560821e9428f"
    "9ec4db0a0d00f790b3b03404e7ed7db793a251a4017cc71a45dd70340f10e4ce42ab3e19fa124e3aec832183bf568f23"
    "cc18d6cf80cc1b0b0bfd8de216d6017019a67a7c1c4323d94abd402f99df4eab665d5b11d728e1aa046662451c74262e"
    "c5f3e10014dba6bca32f25fd807361a7a74283946b90ab05bf7eba49be4a26f10608ae72437619304cf60dbe3109a8e2"
    "96cee0057a6480765c2765ad5b61443b5e7548eda004ffba8428d356e7f3333906200cc4319dd6a1968ad4aecb6e1a5b"
    "ae75157e46ea27edb2ca4518cc1f0868fce4eb7c9dfbc6764ca4f6db6e3e99e6d64550daba436d7903da4df7ddfba1be"
    "6319489574549d3748a69e3d599bc86830524cd06e2bcdfe24fe4166113026e20666e2c02e653e787f7bb160e4444ee8"
    "227f80826a78d8ed05cc22a6ec63e6bddf93837b5894c266aa0519396b518b3b732d9422e45915142ddf66892c11f441"
    "fdb8cb291870d32d32e020f85fee8afda8e36b159c08cdc417b91b166f577eaf152410fcdeb7621e5544f73a920fb37d"
    "b45aaa0c02986b90b977ac40b443a794971b93fb635410dc003e9312e2618dccea7fb6b8c70ac502e462600585dba54d"
    "62f85a9a19ce624be7c0faef545584bab6f8052ba4463dc333dc23ee1f40a8911fa3ae34431c7f8197cf55391251abef"
    "1c8e355c07f70adbca72aea7f807fb1cf5344b40695a283bdbd343c7f2a61dd38c5123db2ca089f13ad76246ede42a0e"
    "e66a064e8a7357d1f43910bd5a835b7c942bf202bcc27f430f3ef56058320d3929e176873a020f9aefa5a8a8595c9c3d"
    "6d5410ff96551a937bb3931526a05e4eb5bed293ece7152b799bc0464a14f4a0636eae1b1fc08b593f12228955c0f51a"
    "e09011511358b7399754d4214c18fda6aa6f09ed65b3520eaf5339f809aac030f9a82d6a5b99c95a885fc1112247c4ae"
    "d27859e0458573da28503afaac1c6bc2c777d299827b12b0ae97e8391b480dbc8abfec47f1b4e98b409a72f4afdbde86"
    "594ff2c795d014f2307f74a2a9cc5bc34ed423798c53f57e333aab52ebfaa16c4e47ad3005ab98f42e0c567df3e16fe4"
    "1c3650b836e1414bf90414c53b3f631cdb7e1a8f2e8d27a231ac5af2465a4dcf7e1e19d7c24d7bc5ecb215dda7fe3d97"
    "039e60b3580bb949d25aa7204a33ae27e735cbafbb3a476bc346293e3c27131d013902f53fd23ec7d743975102bddfc4"
    "46"
)
TEXT_FIELD = "4e31010164000102030405060708090a0bfe8b4939d428b5c9ee67ecadf3ee82bae53969b58b8f8a3b16f800e23873"
JSON_FIELD = (
    "4e31010164000102030405060708090a0be489596e8723b485f13fbcaab4a0d383c535fe390f5ead30d342a92b298bd7"
    "f99fe955edcf8b8d"
)


@pytest.fixture(autouse=True)
def _one_site_key(use_site_keys):
    use_site_keys("one")


@pytest.fixture
def stored_key(db) -> DataKey:
    """A data key with every wrapping, and the team's key pair, as they lie in the tables."""
    TeamKey.objects.create(
        kid="team1",
        uuid=UUID(int=5),
        public=bytes.fromhex(PUBLIC),
        wrapped_private=bytes.fromhex(WRAPPED_PRIVATE),
        made_on="2026-01-01",
    )
    return DataKey.objects.create(
        id=KEY.id,
        wrapped_site=bytes.fromhex(WRAPPED_SITE),
        wrapped_team=bytes.fromhex(WRAPPED_TEAM),
        team_key="team1",
        wrapped_receipt=bytes.fromhex(WRAPPED_RECEIPT),
        receipt_lookup=bytes.fromhex(LOOKUP_ID),
        made_on="2026-01-01",
    )


def keyed(message: bytes) -> bytes:
    return hmac.new(bytes.fromhex(SUBKEYS[Label.INDEXES]), message, hashlib.sha256).digest()


@pytest.mark.parametrize("label", Label)
def test_subkeys(label):
    assert site_keyring().subkey("one", label).hex() == SUBKEYS[label]
    extracted = hmac.new(bytes(32), MASTER, hashlib.sha256).digest()
    expanded = hmac.new(extracted, f"nums|subkey|{label}".encode() + b"\x01", hashlib.sha256).hexdigest()
    assert expanded == SUBKEYS[label]


@pytest.mark.promise("P013")
def test_fast_tags():
    assert indexes.fast_tag("phone", PHONE).hex() == FAST_TAG
    assert (keyed(f"fast|phone|{PHONE}".encode())[:28] + keyed(b"mark")[:4]).hex() == FAST_TAG


def test_slow_tags_at_the_cost_of_the_tests():
    assert indexes.slow_tag("phone", PHONE).hex() == SLOW_TAG
    assert SLOW_TAG[-8:] == FAST_TAG[-8:] == keyed(b"mark")[:4].hex()


@pytest.mark.slow
@pytest.mark.promise("P013")
def test_slow_tags_at_the_real_cost(settings):
    settings.NUMS_WAGTAIL = {k: v for k, v in settings.NUMS_WAGTAIL.items() if not k.startswith("ARGON2")}
    assert (
        indexes.slow_tag("phone", PHONE).hex() == "a2338d57da1f62cff901b1e9ae350f431327b43f7833482d559cae38b04c2082"
    )


@pytest.mark.promise("P010")
def test_the_order_of_the_words():
    """A word moved, added or replaced makes receipts that were given out name another secret."""
    listed = "\n".join(word_list()).encode()
    assert hashlib.sha256(listed).hexdigest() == "1ddbfa9a403923fe93a3d9ce4a9238211149f35d1872b9a2a4095de085641ffe"


def test_receipts():
    assert RECEIPT.words == ("abacus", "abbey", "onstage", "zoom", "zucchini")
    assert RECEIPT.digits == "0000 0001 4242 7774 7775"
    keys = RECEIPT.keys("one")
    assert keys.lookup_id.hex() == LOOKUP_ID
    assert keys.wrapping_key.hex() == RECEIPT_KEY


@pytest.mark.parametrize("holder", [SiteHolder(), TeamHolder(), ReceiptHolder(RECEIPT)])
def test_each_wrapping_of_a_data_key(stored_key, holder):
    assert data_keys.open_key(holder, stored_key.pk) == KEY


def test_a_receipt_finds_its_data_key(stored_key):
    found = data_keys.find_by_receipt(RECEIPT)
    assert found is not None
    assert found[1] == stored_key.pk


def test_sealed_state():
    assert open_state("form", STATE, None) == {"page": 3, "words": "é"}


@pytest.mark.promise("P002")
def test_sealed_documents():
    place = Context("nums_wagtail.Report", "document", KEY.id, 1)
    assert open_document(KEY, place, bytes.fromhex(DOCUMENT)) == {"n": 3, "words": "Größe"}
    assert pad(b"abc", 8) == b"\x00\x00\x00\x03abc\x00"


@pytest.mark.promise("P002")
def test_encrypted_fields(stored_key):
    for name, sealed, value in (
        ("words", TEXT_FIELD, "a quiet street"),
        ("lists", JSON_FIELD, {"a": None, "b": [1, "é"]}),
    ):
        field = Diary._meta.get_field(name)
        assert open_values(field, [(KEY.id, KEY.id, bytes.fromhex(sealed))]) == [value]


def test_the_key_sheet():
    lines = key_sheet_lines(site_keyring())
    assert lines == ["one:", "N5XG KLRO FYXC 4LRO FYXC 4LRO FYXC", "4LRO FYXC 4LRO FYXC 4LRO FYXA W655"]
    assert read_key_sheet("one", " ".join(lines[1:])) == "one:b25lLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4uLi4="
