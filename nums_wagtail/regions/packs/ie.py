"""Ireland (the Republic): Dublin, the provinces and their counties, formats and emergency words.

Statistical codes are left empty: a province has none. An Garda Síochána polices the whole country; its own
regions and divisions do not follow the counties, so they are not in this tree.
"""

import re

from django.utils.translation import gettext_lazy as _

from .shape import CountryPack, Emergency, ForceData, HelpTerms, RegionData, RegionKind

NATION, REGION, AREA = RegionKind.NATION, RegionKind.REGION, RegionKind.AREA

#: Dublin is a region of its own, or readers in the rest of Leinster would hear of little else.
REGIONS = (
    RegionData("ireland", "Ireland", NATION),
    RegionData("dublin", "Dublin", REGION, "ireland"),
    RegionData("leinster", "Leinster outside Dublin", REGION, "ireland"),
    RegionData("carlow", "Carlow", AREA, "leinster"),
    RegionData("kildare", "Kildare", AREA, "leinster"),
    RegionData("kilkenny", "Kilkenny", AREA, "leinster"),
    RegionData("laois", "Laois", AREA, "leinster"),
    RegionData("longford", "Longford", AREA, "leinster"),
    RegionData("louth", "Louth", AREA, "leinster"),
    RegionData("meath", "Meath", AREA, "leinster"),
    RegionData("offaly", "Offaly", AREA, "leinster"),
    RegionData("westmeath", "Westmeath", AREA, "leinster"),
    RegionData("wexford", "Wexford", AREA, "leinster"),
    RegionData("wicklow", "Wicklow", AREA, "leinster"),
    RegionData("munster", "Munster", REGION, "ireland"),
    RegionData("clare", "Clare", AREA, "munster"),
    RegionData("cork", "Cork", AREA, "munster"),
    RegionData("kerry", "Kerry", AREA, "munster"),
    RegionData("limerick", "Limerick", AREA, "munster"),
    RegionData("tipperary", "Tipperary", AREA, "munster"),
    RegionData("waterford", "Waterford", AREA, "munster"),
    RegionData("connacht", "Connacht", REGION, "ireland"),
    RegionData("galway", "Galway", AREA, "connacht"),
    RegionData("leitrim", "Leitrim", AREA, "connacht"),
    RegionData("mayo", "Mayo", AREA, "connacht"),
    RegionData("roscommon", "Roscommon", AREA, "connacht"),
    RegionData("sligo", "Sligo", AREA, "connacht"),
    RegionData("ulster", "Cavan, Donegal and Monaghan", REGION, "ireland"),
    RegionData("cavan", "Cavan", AREA, "ulster"),
    RegionData("donegal", "Donegal", AREA, "ulster"),
    RegionData("monaghan", "Monaghan", AREA, "ulster"),
)

#: Land borders, each written once: first between the five regions, then between counties.
NEIGHBOURS = {
    "dublin": ("leinster", "kildare", "meath", "wicklow"),
    "leinster": ("munster", "connacht", "ulster"),
    "munster": ("connacht",),
    "connacht": ("ulster",),
    "carlow": ("kildare", "kilkenny", "laois", "wexford", "wicklow"),
    "kildare": ("laois", "meath", "offaly", "wicklow"),
    "kilkenny": ("laois", "tipperary", "waterford", "wexford"),
    "laois": ("offaly", "tipperary"),
    "longford": ("cavan", "leitrim", "roscommon", "westmeath"),
    "louth": ("meath", "monaghan"),
    "meath": ("cavan", "monaghan", "offaly", "westmeath"),
    "offaly": ("galway", "roscommon", "tipperary", "westmeath"),
    "westmeath": ("cavan", "roscommon"),
    "wexford": ("wicklow",),
    "clare": ("galway", "limerick", "tipperary"),
    "cork": ("kerry", "limerick", "tipperary", "waterford"),
    "kerry": ("limerick",),
    "limerick": ("tipperary",),
    "tipperary": ("galway", "waterford"),
    "galway": ("mayo", "roscommon"),
    "leitrim": ("cavan", "donegal", "roscommon", "sligo"),
    "mayo": ("roscommon", "sligo"),
    "roscommon": ("sligo",),
    "cavan": ("monaghan",),
}

# Since 1987: year, letters of the county or city, number. Since 2013 the year has a third digit for its half.
# LK, TN, TS and WD ended in 2013 and are still on the road. Without hyphens the letters of a short number count in
# capitals only: "in 12 d 3" is no plate.
_YEAR = r"(?:8[7-9]|9[0-9]|0[0-9]|1[0-2]|(?:1[3-9]|[2-9][0-9])[12])"
_COUNTY = r"(?:C[ENW]?|DL?|G|K[EKY]|L[DHKMS]?|M[HNO]|OY|RN|SO|T[NS]?|W[DHWX]?)"
PLATES = rf"""
    (?<![A-Za-z0-9])(?:
        {_YEAR}-(?i:{_COUNTY})-[0-9]{{1,6}}
      | {_YEAR}(?i:{_COUNTY})[0-9]{{3,6}}
      | {_YEAR}[\s-]?{_COUNTY}[\s-]?[0-9]{{1,6}}
    )(?![A-Za-z0-9])
"""

# Eircodes: a routing key of a letter and two digits (or D6W), then four of the same letters and digits. In small
# letters the four count only with a digit among them: "the N11 near" is no Eircode.
_LETTERS = "AC-FHKNPRTV-Y"
POSTCODES = rf"""
    (?<![A-Za-z0-9])(?:
        (?:[{_LETTERS}][0-9]{{2}}|D6W)\s?[0-9{_LETTERS}]{{4}}
      | (?i:(?:[{_LETTERS}][0-9]{{2}}|D6W)\s?(?=[A-Z]{{0,3}}[0-9])[0-9{_LETTERS}]{{4}})
    )(?![A-Za-z0-9])
"""

PACK = CountryPack(
    code="ie",
    name="Ireland",
    regions=REGIONS,
    neighbours=NEIGHBOURS,
    forces=(ForceData("garda", "An Garda Síochána", ("ireland",), "https://www.garda.ie/"),),
    phone_region="IE",
    plate_pattern=re.compile(PLATES, re.VERBOSE),
    postcode_pattern=re.compile(POSTCODES, re.VERBOSE),
    emergency=Emergency(
        number="112",
        words=_("In danger now? Call 112 or 999."),
        silent_words=_(
            "You cannot speak? Call 112 or 999, stay on the line and listen. You will be asked to tap the screen. "
            "Tap it or press any key. Do not press 55 instead: it has no meaning in Ireland."
        ),
        text_words=_(
            "You do not use voice calls? Send a text to 112. Your phone must be registered for that first: text "
            "the word register to 112."
        ),
    ),
    time_zone="Europe/Dublin",
    exit_address="https://www.met.ie/",
    help_terms=HelpTerms(
        scheme=_("ugly mugs scheme"),
        warning=_("ugly mug"),
        assault_centre=_("sexual assault treatment unit (SATU)"),
        adviser=_("support worker of a rape crisis centre"),
        emergency_department=_("the emergency department of a hospital"),
        examination=_(
            "You can go to a sexual assault treatment unit (SATU) by yourself. You do not have to tell the Gardaí."
        ),
    ),
)
