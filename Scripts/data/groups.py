"""Groups with dated membership: (actor, first day or None, last day or None). None as first day: from the beginning of the
group or of the actor, or no date held. Where a source gives only the year, the first day is 1 January and the last 31
December. Licence: Apache-2.0, as the project.
"""
from states import ADMITTED, FOUNDING, MEMBERSHIP_ENDS, MEMBERSHIP_MORE, SAME_SEAT, t


def since(day, codes, until=None):
    return [(code, day, until) for code in codes.split()]


def united_nations():
    rows = [(code, day, MEMBERSHIP_ENDS.get(code))
            for table in (FOUNDING, ADMITTED) for day, codes in table.items() for code in codes.split()]
    return rows + list(MEMBERSHIP_MORE)


EUROPEAN_UNION = (
    since("1958-01-01", "BEL DEU FRA ITA LUX NLD") + since("1973-01-01", "DNK IRL") + since("1973-01-01", "GBR", "2020-01-31")
    + since("1981-01-01", "GRC") + since("1986-01-01", "ESP PRT") + since("1995-01-01", "AUT FIN SWE")
    + since("2004-05-01", "CYP CZE EST HUN LTU LVA MLT POL SVK SVN") + since("2007-01-01", "BGR ROU") + since("2013-07-01", "HRV"))

COUNCIL_OF_EUROPE = (
    since("1949-08-03", "BEL DNK FRA IRL ITA LUX NLD NOR SWE GBR") + [("GRC", "1949-08-09", "1970-12-31"), ("GRC", "1974-11-28", None)]
    + since("1950-03-07", "ISL") + since("1950-04-13", "TUR") + since("1950-07-13", "DEU") + since("1956-04-16", "AUT")
    + since("1961-05-24", "CYP") + since("1963-05-06", "CHE") + since("1965-04-29", "MLT") + since("1976-09-22", "PRT")
    + since("1977-11-24", "ESP") + since("1978-11-23", "LIE") + since("1988-11-16", "SMR") + since("1989-05-05", "FIN")
    + since("1990-11-06", "HUN") + [("CSK", "1991-02-21", "1992-12-31")] + since("1991-11-26", "POL") + since("1992-05-07", "BGR")
    + since("1993-05-14", "EST LTU SVN") + since("1993-06-30", "CZE SVK") + since("1993-10-07", "ROU") + since("1994-11-10", "AND")
    + since("1995-02-10", "LVA") + since("1995-07-13", "ALB MDA") + since("1995-11-09", "MKD UKR")
    + since("1996-02-28", "RUS", "2022-03-15") + since("1996-11-06", "HRV") + since("1999-04-27", "GEO")
    + since("2001-01-25", "ARM AZE") + since("2002-04-24", "BIH") + since("2003-04-03", "SCG", "2006-06-02")
    + since("2006-06-03", "SRB") + since("2004-10-05", "MCO") + since("2007-05-11", "MNE"))

ASEAN = (since("1967-08-08", "IDN MYS PHL SGP THA") + since("1984-01-07", "BRN") + since("1995-07-28", "VNM")
         + since("1997-07-23", "LAO MMR") + since("1999-04-30", "KHM") + since("2025-10-26", "TLS"))

OECD = (since("1961-09-30", "AUT BEL CAN DNK FRA DEU GRC ISL IRL NOR PRT ESP SWE CHE TUR GBR USA") + since("1961-11-13", "NLD")
        + since("1961-12-07", "LUX") + since("1962-03-29", "ITA") + since("1964-04-28", "JPN") + since("1969-01-28", "FIN")
        + since("1971-06-07", "AUS") + since("1973-05-29", "NZL") + since("1994-05-18", "MEX") + since("1995-12-21", "CZE")
        + since("1996-05-07", "HUN") + since("1996-11-22", "POL") + since("1996-12-12", "KOR") + since("2000-12-14", "SVK")
        + since("2010-05-07", "CHL") + since("2010-07-21", "SVN") + since("2010-09-07", "ISR") + since("2010-12-09", "EST")
        + since("2016-07-01", "LVA") + since("2018-07-05", "LTU") + since("2020-04-28", "COL") + since("2021-05-25", "CRI"))

OPEC = (since("1960-09-14", "IRN IRQ KWT SAU VEN") + [
    ("QAT", "1961-01-01", "2018-12-31"), ("IDN", "1962-01-01", "2008-12-31"), ("IDN", "2016-01-01", "2016-11-30"),
    ("LBY", "1962-01-01", None), ("ARE", "1967-01-01", None), ("DZA", "1969-01-01", None), ("NGA", "1971-01-01", None),
    ("ECU", "1973-01-01", "1992-12-31"), ("ECU", "2007-11-17", "2019-12-31"), ("GAB", "1975-01-01", "1994-12-31"),
    ("GAB", "2016-07-01", None), ("AGO", "2007-01-01", "2023-12-31"), ("GNQ", "2017-05-25", None), ("COG", "2018-06-22", None)])

BRICS = (since("2009-06-16", "BRA RUS IND CHN") + since("2010-12-24", "ZAF") + since("2024-01-01", "EGY ETH IRN ARE")
         + since("2025-01-06", "IDN"))

GRADUATED = {  # from the list of least developed countries: first year on it, last day
    "BWA": ("1971-01-01", "1994-12-18"), "CPV": ("1977-01-01", "2007-12-19"), "MDV": ("1971-01-01", "2010-12-31"),
    "WSM": ("1971-01-01", "2013-12-31"), "GNQ": ("1982-01-01", "2017-06-03"), "VUT": ("1985-01-01", "2020-12-03"),
    "BTN": ("1971-01-01", "2023-12-12"), "STP": ("1982-01-01", "2024-12-12"),
}

ANNEX_ONE_LATER = {  # amendments of the list of Annex I of the Framework Convention; all others from its entry into force
    "1998-08-13": "HRV CZE LIE MCO SVK SVN", "2010-10-26": "MLT", "2013-01-09": "CYP",
}

CTBT_ANNEX_2 = ("DZA ARG AUS AUT BGD BEL BRA BGR CAN CHL CHN COL PRK COD EGY FIN FRA DEU HUN IND IDN IRN ISR ITA JPN MEX NLD "
                "NOR PAK PER POL ROU KOR RUS SVK ZAF ESP SWE CHE TUR UKR GBR USA VNM")

REGIONAL_FORMER = [("un-eastern-european", "SUN", None, "1991-12-23"), ("un-eastern-european", "YUG", None, "2000-10-31"),
                   ("un-eastern-european", "CSK", None, "1992-12-31"), ("un-eastern-european", "DDR", "1973-09-18", "1990-10-02"),
                   ("un-eastern-european", "SCG", "2000-11-01", "2006-06-02"), ("un-asia-pacific", "YMD", None, "1990-05-21"),
                   ("un-asia-pacific", "YAR", None, "1990-05-21")]

NAMES = {
    "un-members": t("Members of the United Nations", "Membres de l'Organisation des Nations Unies", "Miembros de las Naciones Unidas",
                    "Члены Организации Объединенных Наций", "联合国会员国", "أعضاء الأمم المتحدة", "Anggota Perserikatan Bangsa-Bangsa"),
    "security-council-permanent": t(
        "Permanent members of the Security Council", "Membres permanents du Conseil de sécurité",
        "Miembros permanentes del Consejo de Seguridad", "Постоянные члены Совета Безопасности", "安全理事会常任理事国",
        "الأعضاء الدائمون في مجلس الأمن", "Anggota tetap Dewan Keamanan"),
    "un-african": t("African States", "États d'Afrique", "Estados de África", "Группа африканских государств", "非洲国家组",
                    "الدول الأفريقية", "Negara-negara Afrika"),
    "un-asia-pacific": t("Asia-Pacific States", "États d'Asie et du Pacifique", "Estados de Asia y el Pacífico",
                         "Группа государств Азии и Тихого океана", "亚洲及太平洋国家组", "دول آسيا والمحيط الهادئ",
                         "Negara-negara Asia-Pasifik"),
    "un-eastern-european": t("Eastern European States", "États d'Europe orientale", "Estados de Europa Oriental",
                             "Группа восточноевропейских государств", "东欧国家组", "دول أوروبا الشرقية", "Negara-negara Eropa Timur"),
    "un-grulac": t("Latin American and Caribbean States", "États d'Amérique latine et des Caraïbes",
                   "Estados de América Latina y el Caribe", "Группа государств Латинской Америки и Карибского бассейна",
                   "拉丁美洲和加勒比国家组", "دول أمريكا اللاتينية والبحر الكاريبي", "Negara-negara Amerika Latin dan Karibia"),
    "un-weog": t("Western European and other States", "États d'Europe occidentale et autres États",
                 "Estados de Europa Occidental y otros Estados", "Группа западноевропейских и других государств", "西欧和其他国家组",
                 "دول أوروبا الغربية ودول أخرى", "Negara-negara Eropa Barat dan lainnya"),
    "eu": t("Members of the European Union", "Membres de l'Union européenne", "Miembros de la Unión Europea", "Члены Европейского союза",
            "欧洲联盟成员国", "أعضاء الاتحاد الأوروبي", "Anggota Uni Eropa"),
    "coe": t("Members of the Council of Europe", "Membres du Conseil de l'Europe", "Miembros del Consejo de Europa",
             "Члены Совета Европы", "欧洲委员会成员国", "أعضاء مجلس أوروبا", "Anggota Dewan Eropa"),
    "asean": t("Members of ASEAN", "Membres de l'ASEAN", "Miembros de la ASEAN", "Члены АСЕАН", "东盟成员国", "أعضاء رابطة أمم جنوب شرق آسيا",
               "Anggota ASEAN"),
    "g77": t("Group of 77", "Groupe des 77", "Grupo de los 77", "Группа 77", "77国集团", "مجموعة الـ 77", "Kelompok 77"),
    "aosis": t("Alliance of Small Island States", "Alliance des petits États insulaires", "Alianza de los Pequeños Estados Insulares",
               "Альянс малых островных государств", "小岛屿国家联盟", "تحالف الدول الجزرية الصغيرة", "Aliansi Negara-Negara Pulau Kecil"),
    "ldc": t("Least developed countries", "Pays les moins avancés", "Países menos adelantados", "Наименее развитые страны",
             "最不发达国家", "أقل البلدان نموا", "Negara-negara kurang berkembang"),
    "lldc": t("Landlocked developing countries", "Pays en développement sans littoral", "Países en desarrollo sin litoral",
              "Развивающиеся страны, не имеющие выхода к морю", "内陆发展中国家", "البلدان النامية غير الساحلية",
              "Negara-negara berkembang tanpa pantai"),
    "sids": t("Small island developing States", "Petits États insulaires en développement", "Pequeños Estados insulares en desarrollo",
              "Малые островные развивающиеся государства", "小岛屿发展中国家", "الدول الجزرية الصغيرة النامية",
              "Negara-negara berkembang pulau kecil"),
    "oecd": t("Members of the OECD", "Membres de l'OCDE", "Miembros de la OCDE", "Члены ОЭСР", "经合组织成员国",
              "أعضاء منظمة التعاون والتنمية في الميدان الاقتصادي", "Anggota OECD"),
    "opec": t("Members of OPEC", "Membres de l'OPEP", "Miembros de la OPEP", "Члены ОПЕК", "石油输出国组织成员国", "أعضاء منظمة أوبك", "Anggota OPEC"),
    "brics": t("BRICS", "BRICS", "BRICS", "БРИКС", "金砖国家", "بريكس", "BRICS"),
    "g20": t("Group of 20", "Groupe des Vingt", "Grupo de los Veinte", "Группа двадцати", "二十国集团", "مجموعة العشرين", "Kelompok 20"),
    "arab-group": t("Arab Group", "Groupe des États arabes", "Grupo de los Estados Árabes", "Группа арабских государств", "阿拉伯国家集团",
                    "المجموعة العربية", "Kelompok Arab"),
    "annex-one": t("Parties included in Annex I of the Framework Convention on Climate Change", "Parties visées à l'annexe I de la Convention-cadre sur les changements climatiques",
                   "Partes incluidas en el anexo I de la Convención Marco sobre el Cambio Climático",
                   "Стороны, включенные в приложение I к Рамочной конвенции об изменении климата", "气候变化框架公约附件一所列缔约方",
                   "الأطراف المدرجة في المرفق الأول لاتفاقية تغير المناخ", "Para Pihak dalam Lampiran I Konvensi Perubahan Iklim"),
    "ctbt-annex-2": t("States listed in Annex 2 to the Comprehensive Nuclear-Test-Ban Treaty",
                      "États inscrits à l'annexe 2 du Traité d'interdiction complète des essais nucléaires",
                      "Estados enumerados en el anexo 2 del Tratado de Prohibición Completa de los Ensayos Nucleares",
                      "Государства, перечисленные в приложении 2 к Договору о всеобъемлющем запрещении ядерных испытаний",
                      "全面禁止核试验条约附件二所列国家", "الدول المدرجة في المرفق 2 لمعاهدة الحظر الشامل للتجارب النووية",
                      "Negara-negara dalam Lampiran 2 Traktat Pelarangan Menyeluruh Uji Coba Nuklir"),
    "imo": t("Members of the International Maritime Organization", "Membres de l'Organisation maritime internationale",
             "Miembros de la Organización Marítima Internacional", "Члены Международной морской организации", "国际海事组织成员国",
             "أعضاء المنظمة البحرية الدولية", "Anggota Organisasi Maritim Internasional"),
    "eig": t("Environmental Integrity Group", "Groupe de l'intégrité environnementale", "Grupo de Integridad Ambiental",
             "Группа за целостность окружающей среды", "环境完整性集团", "مجموعة السلامة البيئية", "Kelompok Integritas Lingkungan"),
    "umbrella": t("Umbrella Group", "Groupe composite", "Grupo Paraguas", "Зонтичная группа", "伞状集团", "المجموعة الجامعة", "Kelompok Payung"),
}
NOTES = {
    "un-members": "Admission dates as the United Nations lists them. A seat that changed its name is listed under the actor of the time; "
                  "the later holder, under whose name depositaries list earlier acts too, is of the same seat.",
    "security-council-permanent": "China's seat: the Republic of China until 24 October 1971. The seat of the Soviet Union: the Russian "
                                  "Federation since 24 December 1991.",
    "ldc": "Sources give the year of inclusion only: 1 January stands for it.",
    "opec": "First days before 2007 are known by year only: 1 January stands for it.",
    "g77": "Founded on 15 June 1964; dates of joining are not held.",
    "aosis": "Dates of joining are not held.", "arab-group": "Dates of joining are not held.", "sids": "As now listed; dates not held.",
    "lldc": "As now listed; dates not held.", "g20": "As now listed; dates not held.", "eig": "Dates not held.", "umbrella": "Dates not held.",
    "coe": "Germany was an associate member until 1 May 1951.",
    "annex-one": "Since the entry into force of the Convention, 21 March 1994, or the entry into force of the amendment of the list.",
}

PERMANENT = [("FRA", "1945-10-24", None), ("GBR", "1945-10-24", None), ("USA", "1945-10-24", None),
             ("ROC", "1945-10-24", "1971-10-24"), ("CHN", "1971-10-25", None), ("SUN", "1945-10-24", "1991-12-23"),
             ("RUS", "1991-12-24", None)]
PERMANENT_SAME_SEAT = [("CHN", "1945-10-24", "1971-10-24", "ROC"), ("RUS", "1945-10-24", "1991-12-23", "SUN")]
UN_SAME_SEAT = SAME_SEAT
