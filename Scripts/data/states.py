"""Facts about States that the libraries do not hold: dates, former names, successions, Indonesian and other spellings.

Dates are the first and the last day. Former names are those under which depositaries and the United Nations listed the
State, with the days between which they did. Licence: Apache-2.0, as the project.
"""

LANGUAGES = ["en", "fr", "es", "ru", "zh", "ar", "id"]


def t(en, fr, es, ru, zh, ar, id):
    return dict(zip(LANGUAGES, (en, fr, es, ru, zh, ar, id)))


# --- membership of the United Nations -------------------------------------------------------------------------------

FOUNDING = {  # day each original Member's ratification took effect
    "1945-10-24": "ARG BLR BRA CHL CHN CUB CSK DNK DOM EGY SLV FRA HTI IRN LBN LUX NZL NIC PRY PHL POL SAU SYR TUR UKR SUN GBR USA YUG",
    "1945-10-25": "GRC", "1945-10-30": "IND", "1945-10-31": "PER", "1945-11-01": "AUS", "1945-11-02": "CRI LBR",
    "1945-11-05": "COL", "1945-11-07": "MEX ZAF", "1945-11-09": "CAN", "1945-11-13": "ETH PAN", "1945-11-14": "BOL",
    "1945-11-15": "VEN", "1945-11-21": "GTM", "1945-11-27": "NOR", "1945-12-10": "NLD", "1945-12-17": "HND",
    "1945-12-18": "URY", "1945-12-21": "ECU IRQ", "1945-12-27": "BEL",
}
ADMITTED = {
    "1946-11-19": "AFG ISL SWE", "1946-12-16": "THA", "1947-09-30": "PAK YAR", "1948-04-19": "MMR", "1949-05-11": "ISR",
    "1950-09-28": "IDN", "1955-12-14": "ALB AUT BGR KHM FIN HUN IRL ITA JOR LAO LBY NPL PRT ROU ESP LKA",
    "1956-11-12": "MAR SDN TUN", "1956-12-18": "JPN", "1957-03-08": "GHA", "1957-09-17": "MYS", "1958-12-12": "GIN",
    "1960-09-20": "BEN BFA CMR CAF TCD COG COD CIV CYP GAB MDG NER SOM TGO", "1960-09-28": "MLI SEN",
    "1960-10-07": "NGA", "1961-09-27": "SLE", "1961-10-27": "MNG MRT", "1961-12-14": "TGK",
    "1962-09-18": "BDI JAM RWA TTO", "1962-10-08": "DZA", "1962-10-25": "UGA", "1963-05-14": "KWT",
    "1963-12-16": "KEN ZAN", "1964-12-01": "MWI MLT ZMB", "1965-09-21": "GMB MDV SGP", "1966-09-20": "GUY",
    "1966-10-17": "BWA LSO", "1966-12-09": "BRB", "1967-12-14": "YMD", "1968-04-24": "MUS", "1968-09-24": "SWZ",
    "1968-11-12": "GNQ", "1970-10-13": "FJI", "1971-09-21": "BTN BHR QAT", "1971-10-07": "OMN", "1971-12-09": "ARE",
    "1973-09-18": "BHS DDR DEU", "1974-09-17": "BGD GRD GNB", "1975-09-16": "CPV MOZ STP", "1975-10-10": "PNG",
    "1975-11-12": "COM", "1975-12-04": "SUR", "1976-09-21": "SYC", "1976-12-01": "AGO", "1976-12-15": "WSM",
    "1977-09-20": "DJI VNM", "1978-09-19": "SLB", "1978-12-18": "DMA", "1979-09-18": "LCA", "1980-08-25": "ZWE",
    "1980-09-16": "VCT", "1981-09-15": "VUT", "1981-09-25": "BLZ", "1981-11-11": "ATG", "1983-09-23": "KNA",
    "1984-09-21": "BRN", "1990-04-23": "NAM", "1990-09-18": "LIE", "1991-09-17": "PRK KOR FSM MHL EST LVA LTU",
    "1992-03-02": "ARM AZE KAZ KGZ MDA SMR TJK TKM UZB", "1992-05-22": "BIH HRV SVN", "1992-07-31": "GEO",
    "1993-01-19": "CZE SVK", "1993-04-08": "MKD", "1993-05-28": "ERI MCO", "1993-07-28": "AND", "1994-12-15": "PLW",
    "1999-09-14": "KIR NRU TON", "2000-09-05": "TUV", "2000-11-01": "SCG", "2002-09-10": "CHE", "2002-09-27": "TLS",
    "2006-06-28": "MNE", "2011-07-14": "SSD",
}
# Memberships that ended or were interrupted: actor -> [(from or None: as above, until)], then what follows.
MEMBERSHIP_ENDS = {
    "CSK": "1992-12-31", "DDR": "1990-10-02", "YMD": "1990-05-21", "YAR": "1990-05-21", "TGK": "1964-04-25",
    "ZAN": "1964-04-25", "SUN": "1991-12-23", "SCG": "2006-06-02",
    # The seat of the former Yugoslavia stayed on the list of Members until the admission of 1 November 2000.
    "YUG": "2000-10-31",
    "EGY": "1958-02-21", "SYR": "1958-02-21", "IDN": "1965-01-19",
}
MEMBERSHIP_MORE = [
    ("UAR", "1958-02-22", "1961-10-12"), ("EGY", "1961-10-13", None), ("SYR", "1961-10-13", None),
    ("TZA", "1964-04-26", None), ("IDN", "1966-09-28", None), ("YEM", "1990-05-22", None),
    ("RUS", "1991-12-24", None), ("SRB", "2006-06-03", None),
]
# The same seat under another code: lists of participants name the later holder for the earlier time too.
# (actor, from, until, code under which the seat is counted)
SAME_SEAT = [
    ("ROC", "1945-10-24", "1971-10-24", "CHN"), ("RUS", "1945-10-24", "1991-12-23", "SUN"),
    ("SRB", "2000-11-01", "2006-06-02", "SCG"), ("TZA", "1961-12-14", "1964-04-25", "TGK"),
    ("YEM", "1947-09-30", "1990-05-21", "YAR"), ("EGY", "1958-02-22", "1961-10-12", "UAR"),
    ("SYR", "1958-02-22", "1961-10-12", "UAR"),
]

# --- first day as a State, where it began after 1945 -----------------------------------------------------------------
# Left out for Jamaica and Namibia, for which depositaries list earlier acts (the United Nations Council for Namibia).

BEGINNINGS = {
    "PAK": "1947-08-14", "MMR": "1948-01-04", "LKA": "1948-02-04", "ISR": "1948-05-14", "KOR": "1948-08-15",
    "PRK": "1948-09-09", "LBY": "1951-12-24", "SDN": "1956-01-01", "GHA": "1957-03-06", "MYS": "1957-08-31",
    "GIN": "1958-10-02", "CMR": "1960-01-01", "TGO": "1960-04-27", "SEN": "1960-06-20", "MLI": "1960-06-20",
    "MDG": "1960-06-26", "COD": "1960-06-30", "SOM": "1960-07-01", "BEN": "1960-08-01", "NER": "1960-08-03",
    "BFA": "1960-08-05", "CIV": "1960-08-07", "TCD": "1960-08-11", "CAF": "1960-08-13", "COG": "1960-08-15",
    "CYP": "1960-08-16", "GAB": "1960-08-17", "NGA": "1960-10-01", "MRT": "1960-11-28", "SLE": "1961-04-27",
    "KWT": "1961-06-19", "WSM": "1962-01-01", "BDI": "1962-07-01", "RWA": "1962-07-01", "DZA": "1962-07-03",
    "TTO": "1962-08-31", "UGA": "1962-10-09", "KEN": "1963-12-12", "MWI": "1964-07-06",
    "MLT": "1964-09-21", "ZMB": "1964-10-24", "GMB": "1965-02-18", "MDV": "1965-07-26", "COK": "1965-08-04",
    "SGP": "1965-08-09", "GUY": "1966-05-26", "BWA": "1966-09-30", "LSO": "1966-10-04", "BRB": "1966-11-30",
    "NRU": "1968-01-31", "MUS": "1968-03-12", "SWZ": "1968-09-06", "GNQ": "1968-10-12", "TON": "1970-06-04",
    "FJI": "1970-10-10", "BGD": "1971-03-26", "BHR": "1971-08-15", "QAT": "1971-09-03", "ARE": "1971-12-02",
    "BHS": "1973-07-10", "GNB": "1973-09-24", "GRD": "1974-02-07", "NIU": "1974-10-19", "MOZ": "1975-06-25",
    "CPV": "1975-07-05", "COM": "1975-07-06", "STP": "1975-07-12", "PNG": "1975-09-16", "AGO": "1975-11-11",
    "SUR": "1975-11-25", "SYC": "1976-06-29", "DJI": "1977-06-27", "SLB": "1978-07-07", "TUV": "1978-10-01",
    "DMA": "1978-11-03", "LCA": "1979-02-22", "KIR": "1979-07-12", "VCT": "1979-10-27", "ZWE": "1980-04-18",
    "VUT": "1980-07-30", "BLZ": "1981-09-21", "ATG": "1981-11-01", "KNA": "1983-09-19", "BRN": "1984-01-01",
    "MHL": "1986-10-21", "FSM": "1986-11-03", "GEO": "1991-04-09", "HRV": "1991-06-25",
    "SVN": "1991-06-25", "MDA": "1991-08-27", "AZE": "1991-08-30", "UZB": "1991-08-31", "KGZ": "1991-08-31",
    "MKD": "1991-09-08", "TJK": "1991-09-09", "ARM": "1991-09-21", "TKM": "1991-10-27", "KAZ": "1991-12-16",
    "BIH": "1992-03-03", "CZE": "1993-01-01", "SVK": "1993-01-01", "ERI": "1993-05-24", "PLW": "1994-10-01",
    "TLS": "2002-05-20", "MNE": "2006-06-03", "SSD": "2011-07-09",
}

# --- actors that are not on today's lists of States ------------------------------------------------------------------

FORMER_STATES = [
    dict(code="SUN", alpha2="SU", m49=810, until="1991-12-25", names=t(
        "Union of Soviet Socialist Republics", "Union des Républiques socialistes soviétiques",
        "Unión de Repúblicas Socialistas Soviéticas", "Союз Советских Социалистических Республик",
        "苏维埃社会主义共和国联盟", "اتحاد الجمهوريات الاشتراكية السوفياتية", "Uni Republik Sosialis Soviet"),
        aliases=["USSR", "U.S.S.R.", "Soviet Union", "URSS", "Union soviétique", "Unión Soviética", "СССР", "Советский Союз",
                 "苏联", "الاتحاد السوفياتي", "الاتحاد السوفييتي", "Uni Soviet"],
        note="Continued by the Russian Federation, under whose name depositaries list the acts of the Soviet Union."),
    dict(code="YUG", alpha2="YU", m49=890, until="1992-04-26", names=t(
        "Yugoslavia", "Yougoslavie", "Yugoslavia", "Югославия", "南斯拉夫", "يوغوسلافيا", "Yugoslavia"),
        formal="Socialist Federal Republic of Yugoslavia",
        aliases=["Yugoslavia (former)", "Former Yugoslavia", "SFR Yugoslavia", "Federal People's Republic of Yugoslavia"],
        note="The former Socialist Federal Republic of Yugoslavia. Depositaries list it no more; its instruments counted when "
             "they were deposited. Its seat stayed on the list of Members of the United Nations until 1 November 2000."),
    dict(code="SCG", m49=891, since="1992-04-27", until="2006-06-02", names=t(
        "Serbia and Montenegro", "Serbie-et-Monténégro", "Serbia y Montenegro", "Сербия и Черногория",
        "塞尔维亚和黑山", "صربيا والجبل الأسود", "Serbia dan Montenegro"),
        former=[("1992-04-27", "2003-02-03", t(
            "Yugoslavia", "Yougoslavie", "Yugoslavia", "Югославия", "南斯拉夫", "يوغوسلافيا", "Yugoslavia"))],
        aliases=["Federal Republic of Yugoslavia", "FR Yugoslavia", "Yugoslavia (Federal Republic of)", "南斯拉夫联盟共和国", "State Union of Serbia and Montenegro"],
        note="Continued by Serbia, under whose name depositaries list its acts."),
    dict(code="CSK", alpha2="CS", m49=200, until="1992-12-31", names=t(
        "Czechoslovakia", "Tchécoslovaquie", "Checoslovaquia", "Чехословакия", "捷克斯洛伐克", "تشيكوسلوفاكيا", "Cekoslowakia"),
        aliases=["Czech and Slovak Federal Republic", "Czechoslovak Socialist Republic"]),
    dict(code="DDR", alpha2="DD", m49=278, since="1949-10-07", until="1990-10-02", names=t(
        "German Democratic Republic", "République démocratique allemande", "República Democrática Alemana",
        "Германская Демократическая Республика", "德意志民主共和国", "الجمهورية الديمقراطية الألمانية",
        "Republik Demokratik Jerman"), aliases=["GDR", "East Germany", "RDA", "ГДР", "东德", "Jerman Timur"]),
    dict(code="YAR", m49=886, until="1990-05-21", names=t(
        "Yemen Arab Republic", "République arabe du Yémen", "República Árabe del Yemen", "Йеменская Арабская Республика",
        "阿拉伯也门共和国", "الجمهورية العربية اليمنية", "Republik Arab Yaman"), aliases=["North Yemen", "Yemen (Arab Republic)"],
        note="Listed by the United Nations as Yemen, before and after the unification of 1990."),
    dict(code="YMD", alpha2="YD", m49=720, since="1967-11-30", until="1990-05-21", names=t(
        "Democratic Yemen", "Yémen démocratique", "Yemen Democrático", "Демократический Йемен", "民主也门",
        "اليمن الديمقراطية", "Yaman Demokratik"), formal="People's Democratic Republic of Yemen",
        former=[("1967-11-30", "1970-11-29", t(
            "Southern Yemen", "Yémen du Sud", "Yemen del Sur", "Южный Йемен", "南也门", "اليمن الجنوبية", "Yaman Selatan"))],
        aliases=["Yemen People's Republic", "South Yemen", "Yemen, Democratic", "People's Democratic Republic of Yemen"]),
    dict(code="UAR", since="1958-02-22", until="1961-09-27", names=t(
        "United Arab Republic", "République arabe unie", "República Árabe Unida", "Объединенная Арабская Республика",
        "阿拉伯联合共和国", "الجمهورية العربية المتحدة", "Republik Persatuan Arab"),
        note="The union of Egypt and Syria. Egypt kept the name until 1971; depositaries list acts of the union under Egypt "
             "and the Syrian Arab Republic."),
    dict(code="RVN", until="1976-07-01", names=t(
        "Republic of Viet-Nam", "République du Viet-Nam", "República de Viet-Nam", "Республика Вьетнам", "越南共和国",
        "جمهورية فييت نام", "Republik Vietnam"), aliases=["South Vietnam", "South Viet-Nam", "Republic of South Viet-Nam"]),
    dict(code="VDR", alpha2="VD", since="1945-09-02", until="1976-07-01", names=t(
        "Democratic Republic of Viet-Nam", "République démocratique du Viet-Nam", "República Democrática de Viet-Nam",
        "Демократическая Республика Вьетнам", "越南民主共和国", "جمهورية فييت نام الديمقراطية", "Republik Demokratik Vietnam"),
        aliases=["North Vietnam", "North Viet-Nam"]),
    dict(code="TGK", since="1961-12-09", until="1964-04-25", names=t(
        "Tanganyika", "Tanganyika", "Tanganyika", "Танганьика", "坦噶尼喀", "تنجانيقا", "Tanganyika"),
        note="Depositaries list its acts under the United Republic of Tanzania."),
    dict(code="ZAN", since="1963-12-10", until="1964-04-25", names=t(
        "Zanzibar", "Zanzibar", "Zanzíbar", "Занзибар", "桑给巴尔", "زنجبار", "Zanzibar")),
]
ENTITIES = [
    dict(code="ROC", kind="entity", until="1971-10-24", names=t(
        "China (Republic of China)", "Chine (République de Chine)", "China (República de China)",
        "Китай (Китайская Республика)", "中国（中华民国）", "الصين (جمهورية الصين)", "Tiongkok (Republik Tiongkok)"),
        aliases=["Republic of China", "République de Chine", "República de China", "Китайская Республика", "中华民国",
                 "中華民國", "جمهورية الصين", "Republik Tiongkok"],
        note="The name under which China was represented in the United Nations until General Assembly resolution 2758 (XXVI) of "
             "25 October 1971. Depositaries list acts of that time under China, with a note. The code is kept apart only so "
             "that such an instrument is counted when it was deposited and not taken for a later one; the table states what "
             "the depositaries' lists state, and takes no position."),
    dict(code="TWN", kind="entity", alpha2="TW", m49=158, names=t(
        "Taiwan Province of China", "Province chinoise de Taïwan", "Provincia china de Taiwán",
        "Тайвань, провинция Китая", "中国台湾省", "مقاطعة تايوان الصينية", "Taiwan, Provinsi Tiongkok"),
        aliases=["Taiwan", "Taïwan", "Taiwán", "Тайвань", "台湾", "臺灣", "تايوان", "Chinese Taipei", "Taipei Chinois",
                 "Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu"],
        note="Name and code as in United Nations usage and ISO 3166. Other organizations list it otherwise, as the World Trade "
             "Organization does as Separate Customs Territory of Taiwan, Penghu, Kinmen and Matsu (Chinese Taipei). The table "
             "states what lists state, and takes no position."),
    dict(code="XKX", kind="entity", alpha2="XK", names=t(
        "Kosovo", "Kosovo", "Kosovo", "Косово", "科索沃", "كوسوفو", "Kosovo"),
        aliases=["Kosovo*", "Republic of Kosovo", "Kosovo (United Nations administered region)", "UNMIK"],
        note="References are to be understood in the context of Security Council resolution 1244 (1999). Listed by some "
             "depositaries and organizations and not by others. The code is not of ISO 3166. The table states what lists "
             "state, and takes no position."),
    dict(code="HKG", kind="entity", alpha2="HK", m49=344, names=t(
        "Hong Kong, China", "Hong Kong (Chine)", "Hong Kong (China)", "Гонконг (Китай)", "中国香港", "هونغ كونغ، الصين",
        "Hong Kong, Tiongkok"), aliases=["Hong Kong", "Hong Kong SAR", "香港", "Гонконг", "هونغ كونغ"],
        formal="Hong Kong Special Administrative Region of China"),
    dict(code="MAC", kind="entity", alpha2="MO", m49=446, names=t(
        "Macao, China", "Macao (Chine)", "Macao (China)", "Макао (Китай)", "中国澳门", "ماكاو، الصين", "Makau, Tiongkok"),
        aliases=["Macao", "Macau", "Macao SAR", "澳门", "Макао", "ماكاو"],
        formal="Macao Special Administrative Region of China"),
    dict(code="FRO", kind="entity", alpha2="FO", m49=234, names=t(
        "Faroe Islands", "Îles Féroé", "Islas Feroe", "Фарерские острова", "法罗群岛", "جزر فارو", "Kepulauan Faroe"),
        aliases=["Faeroe Islands", "Faroes"]),
    dict(code="SMOM", kind="entity", names=t(
        "Sovereign Order of Malta", "Ordre souverain de Malte", "Soberana Orden de Malta", "Суверенный Мальтийский орден",
        "马耳他主权教团", "منظمة مالطة ذات السيادة", "Ordo Berdaulat Malta"),
        formal="Sovereign Military Hospitaller Order of Saint John of Jerusalem, of Rhodes and of Malta"),
]

SUCCESSIONS = (
    [("CSK", code, "1993-01-01", "dissolution") for code in ("CZE", "SVK")]
    + [("YUG", "SVN", "1991-06-25", "dissolution"), ("YUG", "HRV", "1991-10-08", "dissolution"),
       ("YUG", "MKD", "1991-11-17", "dissolution"), ("YUG", "BIH", "1992-03-06", "dissolution"),
       ("YUG", "SCG", "1992-04-27", "dissolution"), ("SCG", "SRB", "2006-06-03", "continuity"),
       ("SCG", "MNE", "2006-06-03", "separation"), ("SUN", "RUS", "1991-12-24", "continuity")]
    + [("SUN", code, "1991-12-26", "dissolution") for code in "ARM AZE BLR GEO KAZ KGZ MDA TJK TKM UKR UZB".split()]
    + [("DDR", "DEU", "1990-10-03", "unification"), ("YAR", "YEM", "1990-05-22", "unification"),
       ("YMD", "YEM", "1990-05-22", "unification"), ("TGK", "TZA", "1964-04-26", "unification"),
       ("ZAN", "TZA", "1964-04-26", "unification"), ("EGY", "UAR", "1958-02-22", "unification"),
       ("SYR", "UAR", "1958-02-22", "unification"), ("UAR", "EGY", "1961-09-28", "continuity"),
       ("UAR", "SYR", "1961-09-28", "separation"), ("RVN", "VNM", "1976-07-02", "unification"),
       ("VDR", "VNM", "1976-07-02", "unification"), ("ROC", "CHN", "1971-10-25", "representation"),
       ("SDN", "SSD", "2011-07-09", "separation"), ("ETH", "ERI", "1993-05-24", "separation"),
       ("PAK", "BGD", "1971-03-26", "separation"), ("MYS", "SGP", "1965-08-09", "separation"),
       ("IND", "PAK", "1947-08-14", "separation")]
)

# --- former names: code -> [(first day or None, last day, names)] ------------------------------------------------------

FORMER_NAMES = {
    "SWZ": [(None, "2018-04-18", t("Swaziland", "Swaziland", "Swazilandia", "Свазиленд", "斯威士兰", "سوازيلند", "Swaziland"))],
    "TUR": [(None, "2022-05-30", t("Turkey", "Turquie", "Turquía", "Турция", "土耳其", "تركيا", "Turki"))],
    "MKD": [(None, "2019-02-11", t(
        "The former Yugoslav Republic of Macedonia", "Ex-République yougoslave de Macédoine",
        "Ex República Yugoslava de Macedonia", "Бывшая югославская Республика Македония", "前南斯拉夫的马其顿共和国",
        "جمهورية مقدونيا اليوغوسلافية السابقة", "Bekas Republik Yugoslavia Makedonia"))],
    "CZE": [(None, "2016-05-16", t("Czech Republic", "République tchèque", "República Checa", "Чешская Республика", "捷克共和国",
                                   "الجمهورية التشيكية", "Republik Ceko"))],
    "CPV": [(None, "2013-10-23", t("Cape Verde", "Cap-Vert", "Cabo Verde", "Кабо-Верде", "佛得角", "الرأس الأخضر", "Tanjung Verde"))],
    "MMR": [(None, "1989-06-17", t("Burma", "Birmanie", "Birmania", "Бирма", "缅甸", "بورما", "Burma"))],
    "BFA": [(None, "1984-08-03", t("Upper Volta", "Haute-Volta", "Alto Volta", "Верхняя Вольта", "上沃尔特", "فولتا العليا", "Volta Hulu"))],
    "LKA": [(None, "1972-05-21", t("Ceylon", "Ceylan", "Ceilán", "Цейлон", "锡兰", "سيلان", "Ceylon"))],
    "BEN": [(None, "1975-11-29", t("Dahomey", "Dahomey", "Dahomey", "Дагомея", "达荷美", "داهومي", "Dahomey"))],
    "BLR": [(None, "1991-09-18", t(
        "Byelorussian Soviet Socialist Republic", "République socialiste soviétique de Biélorussie",
        "República Socialista Soviética de Bielorrusia", "Белорусская Советская Социалистическая Республика",
        "白俄罗斯苏维埃社会主义共和国", "جمهورية بيلوروسيا الاشتراكية السوفياتية", "Republik Sosialis Soviet Byelorusia"))],
    "UKR": [(None, "1991-08-23", t(
        "Ukrainian Soviet Socialist Republic", "République socialiste soviétique d'Ukraine",
        "República Socialista Soviética de Ucrania", "Украинская Советская Социалистическая Республика",
        "乌克兰苏维埃社会主义共和国", "جمهورية أوكرانيا الاشتراكية السوفياتية", "Republik Sosialis Soviet Ukraina"))],
    "COD": [(None, "1964-07-31", t("Congo (Leopoldville)", "Congo (Léopoldville)", "Congo (Leopoldville)", "Конго (Леопольдвиль)",
                                   "刚果（利奥波德维尔）", "الكونغو (ليوبولدفيل)", "Kongo (Leopoldville)")),
            ("1971-10-27", "1997-05-16", t("Zaire", "Zaïre", "Zaire", "Заир", "扎伊尔", "زائير", "Zaire"))],
    "COG": [(None, "1971-11-14", t("Congo (Brazzaville)", "Congo (Brazzaville)", "Congo (Brazzaville)", "Конго (Браззавиль)",
                                   "刚果（布拉柴维尔）", "الكونغو (برازافيل)", "Kongo (Brazzaville)"))],
    "KHM": [("1970-12-28", "1975-04-29", t("Khmer Republic", "République khmère", "República Khmer", "Кхмерская Республика",
                                           "高棉共和国", "جمهورية الخمير", "Republik Khmer")),
            ("1976-04-06", "1990-02-02", t("Democratic Kampuchea", "Kampuchea démocratique", "Kampuchea Democrática",
                                           "Демократическая Кампучия", "民主柬埔寨", "كمبوتشيا الديمقراطية", "Kampuchea Demokratik"))],
    "DEU": [("1949-05-23", "1990-10-02", t(
        "Germany (Federal Republic of)", "Allemagne (République fédérale d')", "Alemania (República Federal de)",
        "Германия (Федеративная Республика)", "德意志联邦共和国", "ألمانيا (جمهورية - الاتحادية)", "Jerman (Republik Federal)"))],
    "CMR": [("1975-03-10", "1984-02-03", t(
        "United Republic of Cameroon", "République-Unie du Cameroun", "República Unida del Camerún",
        "Объединенная Республика Камерун", "喀麦隆联合共和国", "جمهورية الكاميرون المتحدة", "Republik Persatuan Kamerun"))],
    "CAF": [("1976-12-20", "1979-09-20", t(
        "Central African Empire", "Empire centrafricain", "Imperio Centroafricano", "Центральноафриканская Империя", "中非帝国",
        "إمبراطورية أفريقيا الوسطى", "Kekaisaran Afrika Tengah"))],
    "CIV": [(None, "1985-12-31", t("Ivory Coast", "Côte d'Ivoire", "Costa de Marfil", "Берег Слоновой Кости", "象牙海岸",
                                   "ساحل العاج", "Pantai Gading"))],
    "EGY": [("1958-02-22", "1971-09-01", t(
        "United Arab Republic", "République arabe unie", "República Árabe Unida", "Объединенная Арабская Республика",
        "阿拉伯联合共和国", "الجمهورية العربية المتحدة", "Republik Persatuan Arab"))],
    "SYR": [(None, "1961-09-27", t("Syria", "Syrie", "Siria", "Сирия", "叙利亚", "سوريا", "Suriah"))],
    "LAO": [(None, "1975-12-01", t("Laos", "Laos", "Laos", "Лаос", "老挝", "لاوس", "Laos"))],
    "LBY": [("1969-09-01", "1977-03-01", t(
        "Libyan Arab Republic", "République arabe libyenne", "República Árabe Libia", "Ливийская Арабская Республика",
        "阿拉伯利比亚共和国", "الجمهورية العربية الليبية", "Republik Arab Libya")),
        ("1977-03-02", "2011-09-15", t(
            "Libyan Arab Jamahiriya", "Jamahiriya arabe libyenne", "Jamahiriya Árabe Libia", "Ливийская Арабская Джамахирия",
            "阿拉伯利比亚民众国", "الجماهيرية العربية الليبية", "Jamahiriya Arab Libya"))],
    "MDV": [(None, "1969-04-13", t("Maldive Islands", "Îles Maldives", "Islas Maldivas", "Мальдивские Острова", "马尔代夫群岛",
                                   "جزر ملديف", "Kepulauan Maladewa"))],
    "MYS": [(None, "1963-09-15", t("Federation of Malaya", "Fédération de Malaisie", "Federación Malaya", "Малайская Федерация",
                                   "马来亚联合邦", "اتحاد الملايو", "Persekutuan Tanah Melayu"))],
    "SUR": [(None, "1978-01-22", t("Surinam", "Surinam", "Surinam", "Суринам", "苏里南", "سورينام", "Suriname"))],
    "TZA": [("1964-04-26", "1964-10-31", t(
        "United Republic of Tanganyika and Zanzibar", "République-Unie du Tanganyika et de Zanzibar",
        "República Unida de Tanganyika y Zanzíbar", "Объединенная Республика Танганьики и Занзибара",
        "坦噶尼喀和桑给巴尔联合共和国", "جمهورية تنجانيقا وزنجبار المتحدة", "Republik Persatuan Tanganyika dan Zanzibar"))],
    "VEN": [(None, "2004-11-16", t("Venezuela", "Venezuela", "Venezuela", "Венесуэла", "委内瑞拉", "فنزويلا", "Venezuela"))],
    "BOL": [(None, "2009-04-08", t("Bolivia", "Bolivie", "Bolivia", "Боливия", "玻利维亚", "بوليفيا", "Bolivia"))],
    "WSM": [(None, "1997-07-03", t("Western Samoa", "Samoa-Occidental", "Samoa Occidental", "Западное Самоа", "西萨摩亚",
                                   "ساموا الغربية", "Samoa Barat"))],
    "ZAF": [(None, "1961-05-30", t("Union of South Africa", "Union sud-africaine", "Unión Sudafricana", "Южно-Африканский Союз",
                                   "南非联邦", "اتحاد جنوب أفريقيا", "Uni Afrika Selatan"))],
    # The day of the change in 2026 is not held: the former name is given up to the end of 2025.
    "NRU": [(None, "2025-12-31", t("Nauru", "Nauru", "Nauru", "Науру", "瑙鲁", "ناورو", "Nauru"))],
    "PSE": [(None, "2012-12-16", t("Palestine", "Palestine", "Palestina", "Палестина", "巴勒斯坦", "فلسطين", "Palestina"))],
}

# --- names: corrections to the libraries -------------------------------------------------------------------------------

INDONESIAN = {
    "KOR": "Republik Korea", "PRK": "Republik Rakyat Demokratik Korea", "VAT": "Takhta Suci", "PSE": "Negara Palestina",
    "COD": "Republik Demokratik Kongo", "COG": "Kongo", "MMR": "Myanmar", "RUS": "Federasi Rusia",
    "BOL": "Bolivia (Negara Plurinasional)", "IRN": "Iran (Republik Islam)", "VEN": "Venezuela (Republik Bolivarian)",
    "LAO": "Republik Demokratik Rakyat Laos", "SYR": "Republik Arab Suriah", "TZA": "Republik Persatuan Tanzania",
    "GBR": "Kerajaan Bersatu Britania Raya dan Irlandia Utara", "MDA": "Republik Moldova", "MKD": "Makedonia Utara",
    "TUR": "Türkiye", "CIV": "Pantai Gading", "CPV": "Cabo Verde", "SWZ": "Eswatini", "TLS": "Timor-Leste",
    "FSM": "Mikronesia (Negara Federasi)", "NLD": "Belanda (Kerajaan)", "CZE": "Ceko", "CHN": "Tiongkok", "BRN": "Brunei Darussalam",
    "USA": "Amerika Serikat", "BHS": "Bahama", "NRU": "Naoero",
}
CORRECTED = {
    ("NLD", "ar"): "مملكة هولندا", ("GNB", "ar"): "غينيا-بيساو", ("TLS", "ar"): "تيمور-ليشتي",
    ("BOL", "ar"): "بوليفيا (دولة - المتعددة القوميات)",
}
ALIASES = {
    "USA": ["USA", "U.S.A.", "US", "United States", "America", "États-Unis", "Estados Unidos", "EE. UU.", "США", "美国",
            "الولايات المتحدة", "AS"],
    "GBR": ["UK", "U.K.", "United Kingdom", "Great Britain", "Britain", "Royaume-Uni", "Reino Unido", "Великобритания",
            "Соединенное Королевство", "英国", "المملكة المتحدة", "بريطانيا", "Inggris", "Britania Raya"],
    "RUS": ["Russia", "Russie", "Rusia", "Россия", "俄罗斯", "روسيا"],
    "KOR": ["South Korea", "Korea (Republic of)", "Korea, Republic of", "Korea, South", "韩国", "Korea Selatan"],
    "PRK": ["North Korea", "DPRK", "Korea (Democratic People's Republic of)", "朝鲜", "Korea Utara", "RPDC"],
    "COD": ["DR Congo", "DRC", "Congo - Kinshasa", "Congo (Kinshasa)", "Congo (Democratic Republic of the)", "RDC"],
    "COG": ["Republic of the Congo", "Congo - Brazzaville", "Congo Republic"],
    "CHN": ["People's Republic of China", "PRC", "中华人民共和国", "République populaire de Chine"],
    "VAT": ["Vatican", "Vatican City", "Vatican City State"], "PSE": ["Palestinian territories", "Occupied Palestinian Territory"],
    "TUR": ["Turkiye", "Turki", "Turquie", "Turquía"], "CZE": ["Czech Rep.", "République tchèque", "República Checa"],
    "MKD": ["Macedonia", "FYROM", "FYR Macedonia", "Macedonia (FYROM)"], "SWZ": ["Swaziland"],
    "KNA": ["St. Kitts and Nevis", "Saint Christopher and Nevis"], "LCA": ["St. Lucia"],
    "VCT": ["St. Vincent and the Grenadines", "St. Vincent"], "NLD": ["Netherlands", "Holland", "The Netherlands", "Kingdom of the Netherlands",
            "Pays-Bas", "Países Bajos", "Нидерланды", "荷兰", "هولندا", "Belanda"],
    "DEU": ["Federal Republic of Germany", "FRG", "Germany, Federal Republic of", "West Germany"],
    "THA": ["Siam"], "IRN": ["Persia"], "ETH": ["Abyssinia"], "MDG": ["Malagasy Republic"], "ZWE": ["Rhodesia", "Southern Rhodesia"],
    "GHA": ["Gold Coast"], "MWI": ["Nyasaland"], "BWA": ["Bechuanaland"], "LSO": ["Basutoland"], "BLZ": ["British Honduras"],
    "TLS": ["East Timor"], "JOR": ["Transjordan"], "NAM": ["South West Africa"], "VUT": ["New Hebrides"], "ZMB": ["Northern Rhodesia"],
    "KIR": ["Gilbert Islands"], "TUV": ["Ellice Islands"], "MNG": ["Mongolian People's Republic"], "BHR": ["Bahrein"],
    "VNM": ["Vietnam", "Socialist Republic of Viet Nam", "Viet-Nam"], "SYR": ["Syria"], "LAO": ["Laos"], "MDA": ["Moldova", "Moldavia"],
    "TZA": ["Tanzania"], "BRN": ["Brunei"], "FSM": ["Micronesia", "Federated States of Micronesia"], "SVK": ["Slovak Republic"],
    "GMB": ["The Gambia"], "BHS": ["The Bahamas"], "CIV": ["Cote d'Ivoire", "Ivory Coast"], "STP": ["São Tomé and Príncipe"],
    "CPV": ["Cape Verde"], "MMR": ["Burma", "Myanmar (Burma)"], "KGZ": ["Kyrgyz Republic"], "BLR": ["Byelorussia", "Belorussia", "Byelorussian SSR"],
    "UKR": ["Ukrainian SSR"], "COM": ["The Comoros"], "NRU": ["Nauru"], "LBY": ["Libyan Jamahiriya"], "SAU": ["KSA"], "ARE": ["UAE", "EAU"],
    "KHM": ["Kampuchea"], "FRA": ["French Republic"], "ARG": ["Argentine Republic"], "CHE": ["Swiss Confederation"],
    "SRB": ["Republic of Serbia"], "MNE": ["Republic of Montenegro"], "CUB": [], "IDN": [],
}
NOTES = {
    "CHN": "Represented in the United Nations by the Government of the People's Republic of China since General Assembly "
           "resolution 2758 (XXVI) of 25 October 1971.",
    "RUS": "Continues the Soviet Union; depositaries list acts of the Soviet Union under this name.",
    "SRB": "Continues Serbia and Montenegro; depositaries list its acts under this name.",
    "NRU": "Named Nauru until 2026; the day of the change is not held, so the former name is given up to the end of 2025.",
    "COK": "Not a Member of the United Nations; recognized as having full treaty-making capacity.",
    "NIU": "Not a Member of the United Nations; recognized as having full treaty-making capacity.",
    "DEU": "Until 2 October 1990 the Federal Republic of Germany, which the German Democratic Republic joined the next day.",
    "EGY": "Bore the name United Arab Republic until 1971, also after the end of the union with Syria.",
    "YEM": "Formed on 22 May 1990 by the Yemen Arab Republic and Democratic Yemen; depositaries list acts of either under this name.",
    "TZA": "Formed on 26 April 1964 by Tanganyika and Zanzibar; depositaries list their acts under this name.",
}
