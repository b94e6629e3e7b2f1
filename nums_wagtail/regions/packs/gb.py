"""The United Kingdom: regions, police force areas, forces, formats and emergency words.

Codes are those of the Office for National Statistics. Police Scotland and the Police Service of Northern
Ireland cover a whole nation, so there is no area below those two.
"""

import re

from django.utils.translation import gettext_lazy as _

from .shape import CountryPack, Emergency, ForceData, HelpTerms, RegionData, RegionKind

NATION, REGION, AREA = RegionKind.NATION, RegionKind.REGION, RegionKind.AREA

REGIONS = (
    RegionData("united-kingdom", "United Kingdom", NATION, ons_code="K02000001"),
    RegionData("england", "England", NATION, "united-kingdom", "E92000001"),
    RegionData("north-east", "North East", REGION, "england", "E12000001"),
    RegionData("northumbria", "Northumbria", AREA, "north-east", "E23000007"),
    RegionData("durham", "Durham and Darlington", AREA, "north-east", "E23000008"),
    RegionData("cleveland", "Cleveland", AREA, "north-east", "E23000013"),
    RegionData("north-west", "North West", REGION, "england", "E12000002"),
    RegionData("cumbria", "Cumbria", AREA, "north-west", "E23000002"),
    RegionData("lancashire", "Lancashire", AREA, "north-west", "E23000003"),
    RegionData("merseyside", "Merseyside", AREA, "north-west", "E23000004"),
    RegionData("greater-manchester", "Greater Manchester", AREA, "north-west", "E23000005"),
    RegionData("cheshire", "Cheshire", AREA, "north-west", "E23000006"),
    RegionData("yorkshire-and-the-humber", "Yorkshire and The Humber", REGION, "england", "E12000003"),
    RegionData("north-yorkshire", "North Yorkshire", AREA, "yorkshire-and-the-humber", "E23000009"),
    RegionData("west-yorkshire", "West Yorkshire", AREA, "yorkshire-and-the-humber", "E23000010"),
    RegionData("south-yorkshire", "South Yorkshire", AREA, "yorkshire-and-the-humber", "E23000011"),
    RegionData("humberside", "Humberside", AREA, "yorkshire-and-the-humber", "E23000012"),
    RegionData("east-midlands", "East Midlands", REGION, "england", "E12000004"),
    RegionData("derbyshire", "Derbyshire", AREA, "east-midlands", "E23000018"),
    RegionData("nottinghamshire", "Nottinghamshire", AREA, "east-midlands", "E23000019"),
    RegionData("lincolnshire", "Lincolnshire", AREA, "east-midlands", "E23000020"),
    RegionData("leicestershire", "Leicestershire and Rutland", AREA, "east-midlands", "E23000021"),
    RegionData("northamptonshire", "Northamptonshire", AREA, "east-midlands", "E23000022"),
    RegionData("west-midlands", "West Midlands", REGION, "england", "E12000005"),
    RegionData("west-midlands-county", "West Midlands (county)", AREA, "west-midlands", "E23000014"),
    RegionData("staffordshire", "Staffordshire", AREA, "west-midlands", "E23000015"),
    RegionData("west-mercia", "West Mercia", AREA, "west-midlands", "E23000016"),
    RegionData("warwickshire", "Warwickshire", AREA, "west-midlands", "E23000017"),
    RegionData("east-of-england", "East of England", REGION, "england", "E12000006"),
    RegionData("cambridgeshire", "Cambridgeshire", AREA, "east-of-england", "E23000023"),
    RegionData("norfolk", "Norfolk", AREA, "east-of-england", "E23000024"),
    RegionData("suffolk", "Suffolk", AREA, "east-of-england", "E23000025"),
    RegionData("bedfordshire", "Bedfordshire", AREA, "east-of-england", "E23000026"),
    RegionData("hertfordshire", "Hertfordshire", AREA, "east-of-england", "E23000027"),
    RegionData("essex", "Essex", AREA, "east-of-england", "E23000028"),
    RegionData("london", "London", REGION, "england", "E12000007"),
    RegionData("metropolitan", "London outside the City", AREA, "london", "E23000001"),
    RegionData("city-of-london", "City of London", AREA, "london", "E23000034"),
    RegionData("south-east", "South East", REGION, "england", "E12000008"),
    RegionData("thames-valley", "Thames Valley", AREA, "south-east", "E23000029"),
    RegionData("hampshire", "Hampshire and Isle of Wight", AREA, "south-east", "E23000030"),
    RegionData("surrey", "Surrey", AREA, "south-east", "E23000031"),
    RegionData("kent", "Kent", AREA, "south-east", "E23000032"),
    RegionData("sussex", "Sussex", AREA, "south-east", "E23000033"),
    RegionData("south-west", "South West", REGION, "england", "E12000009"),
    RegionData("devon-and-cornwall", "Devon and Cornwall", AREA, "south-west", "E23000035"),
    RegionData("avon-and-somerset", "Avon and Somerset", AREA, "south-west", "E23000036"),
    RegionData("gloucestershire", "Gloucestershire", AREA, "south-west", "E23000037"),
    RegionData("wiltshire", "Wiltshire", AREA, "south-west", "E23000038"),
    RegionData("dorset", "Dorset", AREA, "south-west", "E23000039"),
    RegionData("scotland", "Scotland", NATION, "united-kingdom", "S92000003"),
    RegionData("wales", "Wales", NATION, "united-kingdom", "W92000004"),
    RegionData("north-wales", "North Wales", AREA, "wales", "W15000001"),
    RegionData("gwent", "Gwent", AREA, "wales", "W15000002"),
    RegionData("south-wales", "South Wales", AREA, "wales", "W15000003"),
    RegionData("dyfed-powys", "Dyfed-Powys", AREA, "wales", "W15000004"),
    RegionData("northern-ireland", "Northern Ireland", NATION, "united-kingdom", "N92000002"),
)

#: Land borders, each written once: first between the twelve regions, then between force areas.
NEIGHBOURS = {
    "north-east": ("north-west", "yorkshire-and-the-humber", "scotland"),
    "north-west": ("yorkshire-and-the-humber", "east-midlands", "west-midlands", "scotland", "wales"),
    "yorkshire-and-the-humber": ("east-midlands",),
    "east-midlands": ("west-midlands", "east-of-england", "south-east"),
    "west-midlands": ("south-east", "south-west", "wales"),
    "east-of-england": ("london", "south-east"),
    "london": ("south-east",),
    "south-east": ("south-west",),
    "south-west": ("wales",),
    "northumbria": ("durham", "cumbria", "scotland"),
    "durham": ("cleveland", "cumbria", "north-yorkshire"),
    "cleveland": ("north-yorkshire",),
    "cumbria": ("lancashire", "north-yorkshire", "scotland"),
    "lancashire": ("merseyside", "greater-manchester", "north-yorkshire", "west-yorkshire"),
    "merseyside": ("greater-manchester", "cheshire"),
    "greater-manchester": ("cheshire", "west-yorkshire", "derbyshire"),
    "cheshire": ("derbyshire", "staffordshire", "west-mercia", "north-wales"),
    "north-yorkshire": ("west-yorkshire", "south-yorkshire", "humberside"),
    "west-yorkshire": ("south-yorkshire", "derbyshire"),
    "south-yorkshire": ("humberside", "derbyshire", "nottinghamshire"),
    "humberside": ("nottinghamshire", "lincolnshire"),
    "derbyshire": ("nottinghamshire", "leicestershire", "staffordshire"),
    "nottinghamshire": ("lincolnshire", "leicestershire"),
    "lincolnshire": ("leicestershire", "northamptonshire", "cambridgeshire", "norfolk"),
    "leicestershire": ("northamptonshire", "staffordshire", "warwickshire"),
    "northamptonshire": ("warwickshire", "cambridgeshire", "bedfordshire", "thames-valley"),
    "west-midlands-county": ("staffordshire", "west-mercia", "warwickshire"),
    "staffordshire": ("west-mercia", "warwickshire"),
    "west-mercia": ("warwickshire", "gloucestershire", "gwent", "dyfed-powys", "north-wales"),
    "warwickshire": ("gloucestershire", "thames-valley"),
    "cambridgeshire": ("norfolk", "suffolk", "essex", "hertfordshire", "bedfordshire"),
    "norfolk": ("suffolk",),
    "suffolk": ("essex",),
    "bedfordshire": ("hertfordshire", "thames-valley"),
    "hertfordshire": ("essex", "metropolitan", "thames-valley"),
    "essex": ("metropolitan",),
    "metropolitan": ("city-of-london", "thames-valley", "surrey", "kent"),
    "thames-valley": ("hampshire", "surrey", "gloucestershire", "wiltshire"),
    "hampshire": ("surrey", "sussex", "wiltshire", "dorset"),
    "surrey": ("kent", "sussex"),
    "kent": ("sussex",),
    "devon-and-cornwall": ("avon-and-somerset", "dorset"),
    "avon-and-somerset": ("gloucestershire", "wiltshire", "dorset"),
    "gloucestershire": ("wiltshire", "gwent"),
    "wiltshire": ("dorset",),
    "north-wales": ("dyfed-powys",),
    "gwent": ("south-wales", "dyfed-powys"),
    "south-wales": ("dyfed-powys",),
}

FORCES = (
    ForceData("avon-and-somerset", "Avon and Somerset Police", ("avon-and-somerset",)),
    ForceData("bedfordshire", "Bedfordshire Police", ("bedfordshire",)),
    ForceData("cambridgeshire", "Cambridgeshire Constabulary", ("cambridgeshire",)),
    ForceData("cheshire", "Cheshire Constabulary", ("cheshire",)),
    ForceData("city-of-london", "City of London Police", ("city-of-london",)),
    ForceData("cleveland", "Cleveland Police", ("cleveland",)),
    ForceData("cumbria", "Cumbria Constabulary", ("cumbria",)),
    ForceData("derbyshire", "Derbyshire Constabulary", ("derbyshire",)),
    ForceData("devon-and-cornwall", "Devon and Cornwall Police", ("devon-and-cornwall",)),
    ForceData("dorset", "Dorset Police", ("dorset",)),
    ForceData("durham", "Durham Constabulary", ("durham",)),
    ForceData("dyfed-powys", "Dyfed-Powys Police", ("dyfed-powys",)),
    ForceData("essex", "Essex Police", ("essex",)),
    ForceData("gloucestershire", "Gloucestershire Constabulary", ("gloucestershire",)),
    ForceData(
        "greater-manchester", "Greater Manchester Police", ("greater-manchester",), "https://www.gmp.police.uk/"
    ),
    ForceData("gwent", "Gwent Police", ("gwent",)),
    ForceData("hampshire", "Hampshire and Isle of Wight Constabulary", ("hampshire",)),
    ForceData("hertfordshire", "Hertfordshire Constabulary", ("hertfordshire",)),
    ForceData("humberside", "Humberside Police", ("humberside",)),
    ForceData("kent", "Kent Police", ("kent",)),
    ForceData("lancashire", "Lancashire Constabulary", ("lancashire",)),
    ForceData("leicestershire", "Leicestershire Police", ("leicestershire",)),
    ForceData("lincolnshire", "Lincolnshire Police", ("lincolnshire",)),
    ForceData("merseyside", "Merseyside Police", ("merseyside",), "https://www.merseyside.police.uk/"),
    ForceData("metropolitan", "Metropolitan Police Service", ("metropolitan",), "https://www.met.police.uk/"),
    ForceData("norfolk", "Norfolk Constabulary", ("norfolk",)),
    ForceData("north-wales", "North Wales Police", ("north-wales",)),
    ForceData("north-yorkshire", "North Yorkshire Police", ("north-yorkshire",)),
    ForceData("northamptonshire", "Northamptonshire Police", ("northamptonshire",)),
    ForceData("northumbria", "Northumbria Police", ("northumbria",)),
    ForceData("nottinghamshire", "Nottinghamshire Police", ("nottinghamshire",)),
    ForceData("south-wales", "South Wales Police", ("south-wales",)),
    ForceData("south-yorkshire", "South Yorkshire Police", ("south-yorkshire",)),
    ForceData("staffordshire", "Staffordshire Police", ("staffordshire",)),
    ForceData("suffolk", "Suffolk Constabulary", ("suffolk",)),
    ForceData("surrey", "Surrey Police", ("surrey",)),
    ForceData("sussex", "Sussex Police", ("sussex",)),
    ForceData("thames-valley", "Thames Valley Police", ("thames-valley",)),
    ForceData("warwickshire", "Warwickshire Police", ("warwickshire",)),
    ForceData("west-mercia", "West Mercia Police", ("west-mercia",)),
    ForceData("west-midlands", "West Midlands Police", ("west-midlands-county",)),
    ForceData("west-yorkshire", "West Yorkshire Police", ("west-yorkshire",)),
    ForceData("wiltshire", "Wiltshire Police", ("wiltshire",)),
    ForceData("scotland", "Police Scotland", ("scotland",), "https://www.scotland.police.uk/"),
    ForceData(
        "northern-ireland",
        "Police Service of Northern Ireland",
        ("northern-ireland",),
        "https://www.psni.police.uk/",
    ),
    ForceData("british-transport", "British Transport Police", (), "https://www.btp.police.uk/"),
)

# Formats since 1963: current (two letters, two digits, three letters), prefix (until 2001), suffix (until 1983)
# and Northern Ireland (three letters of which the last two name a county and hold an I or a Z, then digits).
# With a space between the groups the last three count in capitals only: "his 30s" and "M25 and" are not plates.
PLATES = r"""
    (?<![A-Za-z0-9])(?:
        (?i:[A-Z]{2}[0-9]{2}\s?[A-Z]{3})
      | (?i:[A-HJ-NP-TV-Y][0-9]{1,3}[A-Z]{3}) | [A-HJ-NP-TV-Y][0-9]{1,3}\s[A-Z]{3}
      | (?i:[A-Z]{3}[0-9]{1,3}[A-HJ-NPR-TV-Y]) | [A-Z]{3}\s[0-9]{1,3}[A-HJ-NPR-TV-Y]
      | (?i:[A-Z](?:[A-HJ-PR-Y]Z|I[ABGJLW]|[JOUX]I)[0-9]{1,4})
      | [A-Z](?:[A-HJ-PR-Y]Z|I[ABGJLW]|[JOUX]I)\s[0-9]{1,4}
    )(?![A-Za-z0-9])
"""

POSTCODES = r"(?<![A-Z0-9])(?:GIR\s?0AA|[A-Z]{1,2}[0-9][A-Z0-9]?\s?[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])"

PACK = CountryPack(
    code="gb",
    name="United Kingdom",
    regions=REGIONS,
    neighbours=NEIGHBOURS,
    forces=FORCES,
    phone_region="GB",
    plate_pattern=re.compile(PLATES, re.VERBOSE),
    postcode_pattern=re.compile(POSTCODES, re.IGNORECASE),
    emergency=Emergency(
        number="999",
        words=_("In danger now? Call 999."),
        silent_words=_(
            "You cannot speak? Call 999 on a mobile and listen. Cough or tap the phone if you can. Press 55 when "
            "you are asked. The 55 works on mobiles only, and does not show where you are. On a landline, stay on "
            "the line."
        ),
        text_words=_(
            "You do not use voice calls? Call 18000 with the Relay UK app or a textphone. Or send a text to 999. "
            "Your phone must be registered for that first: text the word register to 999."
        ),
    ),
    time_zone="Europe/London",
    exit_address="https://www.metoffice.gov.uk/",
    help_terms=HelpTerms(
        scheme=_("ugly mugs scheme"),
        warning=_("ugly mug"),
        assault_centre=_("sexual assault referral centre (SARC)"),
        adviser=_("independent sexual violence adviser (ISVA)"),
        emergency_department=_("A&E"),
        examination=_(
            "You can go to a sexual assault referral centre (SARC) by yourself. You do not have to tell the police."
        ),
    ),
)
