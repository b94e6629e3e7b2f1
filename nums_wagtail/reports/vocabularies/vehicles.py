"""What somebody drove. Codes are stored for years: add, reword, but never rename one."""

from __future__ import annotations

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .making import listed

VEHICLE_TYPE = listed(
    "vehicle_type",
    ("small_car", _("Small car")),
    ("car", _("Car")),
    ("estate", _("Long car with a big boot")),
    ("off_road", _("Off-road car")),
    ("sports_car", _("Sports car")),
    ("people_carrier", _("People carrier")),
    ("van", _("Van")),
    ("pickup", _("Pick-up")),
    ("lorry", _("Lorry")),
    ("taxi", _("Taxi")),
    ("motorbike", _("Motorbike or scooter")),
    ("bicycle", _("Bicycle")),
    ("other", _("Another vehicle")),
)

VEHICLE_COLOUR = listed(
    "vehicle_colour",
    ("black", _("Black")),
    ("white", _("White")),
    ("grey", _("Grey")),
    ("silver", _("Silver")),
    ("blue", _("Blue")),
    ("red", _("Red")),
    ("green", _("Green")),
    ("yellow", _("Yellow")),
    ("orange", _("Orange")),
    ("brown", _("Brown or beige")),
    ("purple", _("Purple or pink")),
    ("gold", _("Gold")),
    ("dark", _("Dark, not sure")),
    ("light", _("Light, not sure")),
)

VEHICLE_MAKE = listed(
    "vehicle_make",
    *(
        (slugify(name), name)
        for name in (
            "Alfa Romeo",
            "Audi",
            "BMW",
            "Citroën",
            "Dacia",
            "Fiat",
            "Ford",
            "Honda",
            "Hyundai",
            "Jaguar",
            "Jeep",
            "Kia",
            "Land Rover",
            "Lexus",
            "Mazda",
            "Mercedes-Benz",
            "Mini",
            "Mitsubishi",
            "Nissan",
            "Peugeot",
            "Porsche",
            "Renault",
            "Saab",
            "Seat",
            "Škoda",
            "Smart",
            "Subaru",
            "Suzuki",
            "Tesla",
            "Toyota",
        )
    ),
    ("opel", "Vauxhall / Opel"),
    ("volkswagen", "Volkswagen"),
    ("volvo", "Volvo"),
    ("other", _("Another make")),
)

VEHICLE_FEATURES = listed(
    "vehicle_features",
    ("tinted", _("Dark windows")),
    ("dented", _("Dents or scratches")),
    ("stickers", _("Stickers or badges")),
    ("sign", _("A firm's name or sign")),
    ("child_seat", _("Child seat")),
    ("roof_rack", _("Roof rack")),
    ("tow_bar", _("Tow bar")),
    ("loud", _("Very loud")),
    ("old", _("Old")),
    ("new", _("New")),
    ("dirty", _("Dirty inside")),
    ("hired", _("Hired car")),
)

VEHICLE_SEAT = listed(
    "vehicle_seat",
    ("driver", _("Drove")),
    ("passenger", _("Was a passenger")),
    ("outside", _("Stood beside it")),
)
