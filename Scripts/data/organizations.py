"""Regional and international organizations as they appear among the participants in treaties.

code, kind (r regional, i international), founded, ended, abbreviations, names in the seven languages; EU and a few others
with dated former names. Licence: Apache-2.0, as the project.
"""
from states import t

ORGANIZATIONS = [
    ("EU", "r", "1958-01-01", None, ["EUU", "UE", "ЕС", "欧盟", "EEC", "European Communities", "CEE", "ЕЭС"], t(
        "European Union", "Union européenne", "Unión Europea", "Европейский союз", "欧洲联盟", "الاتحاد الأوروبي", "Uni Eropa")),
    ("EURATOM", "r", "1958-01-01", None, ["EAEC", "Euratom"], t(
        "European Atomic Energy Community", "Communauté européenne de l'énergie atomique", "Comunidad Europea de la Energía Atómica",
        "Европейское сообщество по атомной энергии", "欧洲原子能共同体", "الجماعة الأوروبية للطاقة الذرية", "Komunitas Energi Atom Eropa")),
    ("ECSC", "r", "1952-07-23", "2002-07-23", ["CECA"], t(
        "European Coal and Steel Community", "Communauté européenne du charbon et de l'acier", "Comunidad Europea del Carbón y del Acero",
        "Европейское объединение угля и стали", "欧洲煤钢共同体", "الجماعة الأوروبية للفحم والصلب", "Komunitas Batu Bara dan Baja Eropa")),
    ("COE", "r", "1949-08-03", None, ["CoE"], t(
        "Council of Europe", "Conseil de l'Europe", "Consejo de Europa", "Совет Европы", "欧洲委员会", "مجلس أوروبا", "Dewan Eropa")),
    ("AU", "r", "1963-05-25", None, ["OAU", "UA", "OUA"], t(
        "African Union", "Union africaine", "Unión Africana", "Африканский союз", "非洲联盟", "الاتحاد الأفريقي", "Uni Afrika")),
    ("ASEAN", "r", "1967-08-08", None, ["ANASE", "АСЕАН", "东盟", "آسيان"], t(
        "Association of Southeast Asian Nations", "Association des nations de l'Asie du Sud-Est", "Asociación de Naciones de Asia Sudoriental",
        "Ассоциация государств Юго-Восточной Азии", "东南亚国家联盟", "رابطة أمم جنوب شرق آسيا", "Perhimpunan Bangsa-Bangsa Asia Tenggara")),
    ("OAS", "r", "1951-12-13", None, ["OEA", "ОАГ"], t(
        "Organization of American States", "Organisation des États américains", "Organización de los Estados Americanos",
        "Организация американских государств", "美洲国家组织", "منظمة الدول الأمريكية", "Organisasi Negara-Negara Amerika")),
    ("EAEU", "r", "2015-01-01", None, ["EEU", "ЕАЭС"], t(
        "Eurasian Economic Union", "Union économique eurasiatique", "Unión Económica Euroasiática", "Евразийский экономический союз",
        "欧亚经济联盟", "الاتحاد الاقتصادي للمنطقة الأوروبية الآسيوية", "Uni Ekonomi Eurasia")),
    ("CARICOM", "r", "1973-08-01", None, [], t(
        "Caribbean Community", "Communauté des Caraïbes", "Comunidad del Caribe", "Карибское сообщество", "加勒比共同体",
        "الجماعة الكاريبية", "Komunitas Karibia")),
    ("ECOWAS", "r", "1975-05-28", None, ["CEDEAO", "ЭКОВАС"], t(
        "Economic Community of West African States", "Communauté économique des États de l'Afrique de l'Ouest",
        "Comunidad Económica de los Estados de África Occidental", "Экономическое сообщество западноафриканских государств",
        "西非国家经济共同体", "الجماعة الاقتصادية لدول غرب أفريقيا", "Komunitas Ekonomi Negara-Negara Afrika Barat")),
    ("LAS", "r", "1945-03-22", None, ["Arab League"], t(
        "League of Arab States", "Ligue des États arabes", "Liga de los Estados Árabes", "Лига арабских государств", "阿拉伯国家联盟",
        "جامعة الدول العربية", "Liga Negara-Negara Arab")),
    ("MERCOSUR", "r", "1991-03-26", None, ["MERCOSUL", "МЕРКОСУР"], t(
        "Southern Common Market", "Marché commun du Sud", "Mercado Común del Sur", "Южноамериканский общий рынок", "南方共同市场",
        "السوق المشتركة لبلدان المخروط الجنوبي", "Pasar Bersama Selatan")),
    ("GCC", "r", "1981-05-25", None, ["CCG", "Gulf Cooperation Council"], t(
        "Cooperation Council for the Arab States of the Gulf", "Conseil de coopération des États arabes du Golfe",
        "Consejo de Cooperación de los Estados Árabes del Golfo", "Совет сотрудничества арабских государств Залива", "海湾阿拉伯国家合作委员会",
        "مجلس التعاون لدول الخليج العربية", "Dewan Kerja Sama Negara-Negara Arab Teluk")),
    ("SADC", "r", "1992-08-17", None, [], t(
        "Southern African Development Community", "Communauté de développement de l'Afrique australe",
        "Comunidad de África Meridional para el Desarrollo", "Сообщество по вопросам развития стран юга Африки", "南部非洲发展共同体",
        "الجماعة الإنمائية للجنوب الأفريقي", "Komunitas Pembangunan Afrika Bagian Selatan")),
    ("EAC", "r", "2000-07-07", None, [], t(
        "East African Community", "Communauté d'Afrique de l'Est", "Comunidad de África Oriental", "Восточноафриканское сообщество",
        "东非共同体", "جماعة شرق أفريقيا", "Komunitas Afrika Timur")),
    ("COMESA", "r", "1994-12-08", None, [], t(
        "Common Market for Eastern and Southern Africa", "Marché commun de l'Afrique de l'Est et de l'Afrique australe",
        "Mercado Común para África Oriental y Meridional", "Общий рынок Восточной и Южной Африки", "东部和南部非洲共同市场",
        "السوق المشتركة لشرق أفريقيا والجنوب الأفريقي", "Pasar Bersama Afrika Timur dan Selatan")),
    ("ECCAS", "r", "1983-10-18", None, ["CEEAC"], t(
        "Economic Community of Central African States", "Communauté économique des États de l'Afrique centrale",
        "Comunidad Económica de los Estados de África Central", "Экономическое сообщество центральноафриканских государств",
        "中部非洲国家经济共同体", "الجماعة الاقتصادية لدول وسط أفريقيا", "Komunitas Ekonomi Negara-Negara Afrika Tengah")),
    ("IGAD", "r", "1996-03-21", None, [], t(
        "Intergovernmental Authority on Development", "Autorité intergouvernementale pour le développement",
        "Autoridad Intergubernamental para el Desarrollo", "Межправительственный орган по вопросам развития", "政府间发展组织",
        "الهيئة الحكومية الدولية المعنية بالتنمية", "Otoritas Antarpemerintah untuk Pembangunan")),
    ("UEMOA", "r", "1994-01-10", None, ["WAEMU"], t(
        "West African Economic and Monetary Union", "Union économique et monétaire ouest-africaine",
        "Unión Económica y Monetaria del África Occidental", "Западноафриканский экономический и валютный союз", "西非经济货币联盟",
        "الاتحاد الاقتصادي والنقدي لغرب أفريقيا", "Uni Ekonomi dan Moneter Afrika Barat")),
    ("CEMAC", "r", "1999-06-25", None, [], t(
        "Central African Economic and Monetary Community", "Communauté économique et monétaire de l'Afrique centrale",
        "Comunidad Económica y Monetaria de África Central", "Экономическое и валютное сообщество Центральной Африки", "中部非洲经济与货币共同体",
        "الجماعة الاقتصادية والنقدية لوسط أفريقيا", "Komunitas Ekonomi dan Moneter Afrika Tengah")),
    ("AMU", "r", "1989-02-17", None, ["UMA"], t(
        "Arab Maghreb Union", "Union du Maghreb arabe", "Unión del Magreb Árabe", "Союз арабского Магриба", "阿拉伯马格里布联盟",
        "اتحاد المغرب العربي", "Uni Maghreb Arab")),
    ("SICA", "r", "1991-12-13", None, [], t(
        "Central American Integration System", "Système d'intégration de l'Amérique centrale", "Sistema de la Integración Centroamericana",
        "Система центральноамериканской интеграции", "中美洲一体化体系", "منظومة التكامل لأمريكا الوسطى", "Sistem Integrasi Amerika Tengah")),
    ("ANDEAN", "r", "1969-05-26", None, ["Andean Pact", "Comunidad Andina de Naciones"], t(
        "Andean Community", "Communauté andine", "Comunidad Andina", "Андское сообщество", "安第斯共同体", "جماعة دول الأنديز", "Komunitas Andes")),
    ("OECS", "r", "1981-06-18", None, ["OECO"], t(
        "Organization of Eastern Caribbean States", "Organisation des États des Caraïbes orientales",
        "Organización de Estados del Caribe Oriental", "Организация восточнокарибских государств", "东加勒比国家组织",
        "منظمة دول شرق البحر الكاريبي", "Organisasi Negara-Negara Karibia Timur")),
    ("ALADI", "r", "1981-03-18", None, ["LAIA"], t(
        "Latin American Integration Association", "Association latino-américaine d'intégration",
        "Asociación Latinoamericana de Integración", "Латиноамериканская ассоциация интеграции", "拉丁美洲一体化协会",
        "رابطة تكامل أمريكا اللاتينية", "Asosiasi Integrasi Amerika Latin")),
    ("SAARC", "r", "1985-12-08", None, [], t(
        "South Asian Association for Regional Cooperation", "Association sud-asiatique de coopération régionale",
        "Asociación de Asia Meridional para la Cooperación Regional", "Ассоциация регионального сотрудничества стран Южной Азии",
        "南亚区域合作联盟", "رابطة جنوب آسيا للتعاون الإقليمي", "Asosiasi Kerja Sama Regional Asia Selatan")),
    ("PIF", "r", "1971-08-05", None, ["South Pacific Forum"], t(
        "Pacific Islands Forum", "Forum des îles du Pacifique", "Foro de las Islas del Pacífico", "Форум тихоокеанских островов",
        "太平洋岛屿论坛", "منتدى جزر المحيط الهادئ", "Forum Kepulauan Pasifik")),
    ("SPC", "r", "1948-07-29", None, ["South Pacific Commission", "Secretariat of the Pacific Community"], t(
        "Pacific Community", "Communauté du Pacifique", "Comunidad del Pacífico", "Тихоокеанское сообщество", "太平洋共同体",
        "جماعة المحيط الهادئ", "Komunitas Pasifik")),
    ("CIS", "r", "1991-12-21", None, ["СНГ", "CEI"], t(
        "Commonwealth of Independent States", "Communauté d'États indépendants", "Comunidad de Estados Independientes",
        "Содружество Независимых Государств", "独立国家联合体", "رابطة الدول المستقلة", "Persemakmuran Negara-Negara Merdeka")),
    ("CSTO", "r", "2003-09-18", None, ["ОДКБ"], t(
        "Collective Security Treaty Organization", "Organisation du Traité de sécurité collective",
        "Organización del Tratado de Seguridad Colectiva", "Организация Договора о коллективной безопасности", "集体安全条约组织",
        "منظمة معاهدة الأمن الجماعي", "Organisasi Perjanjian Keamanan Kolektif")),
    ("SCO", "r", "2003-09-19", None, ["ШОС", "上合组织"], t(
        "Shanghai Cooperation Organization", "Organisation de Shanghai pour la coopération", "Organización de Cooperación de Shanghái",
        "Шанхайская организация сотрудничества", "上海合作组织", "منظمة شانغهاي للتعاون", "Organisasi Kerja Sama Shanghai")),
    ("ECO", "r", "1985-01-29", None, [], t(
        "Economic Cooperation Organization", "Organisation de coopération économique", "Organización de Cooperación Económica",
        "Организация экономического сотрудничества", "经济合作组织", "منظمة التعاون الاقتصادي", "Organisasi Kerja Sama Ekonomi")),
    ("BSEC", "r", "1999-05-01", None, [], t(
        "Organization of the Black Sea Economic Cooperation", "Organisation de coopération économique de la mer Noire",
        "Organización de Cooperación Económica del Mar Negro", "Организация Черноморского экономического сотрудничества",
        "黑海经济合作组织", "منظمة التعاون الاقتصادي لمنطقة البحر الأسود", "Organisasi Kerja Sama Ekonomi Laut Hitam")),
    ("EFTA", "r", "1960-05-03", None, ["AELE"], t(
        "European Free Trade Association", "Association européenne de libre-échange", "Asociación Europea de Libre Comercio",
        "Европейская ассоциация свободной торговли", "欧洲自由贸易联盟", "الرابطة الأوروبية للتجارة الحرة", "Asosiasi Perdagangan Bebas Eropa")),
    ("BENELUX", "r", "1960-11-01", None, [], t(
        "Benelux Union", "Union Benelux", "Unión del Benelux", "Союз Бенилюкс", "比荷卢联盟", "اتحاد بنلوكس", "Uni Benelux")),
    ("NATO", "r", "1949-08-24", None, ["OTAN", "НАТО", "北约", "ناتو"], t(
        "North Atlantic Treaty Organization", "Organisation du Traité de l'Atlantique Nord", "Organización del Tratado del Atlántico Norte",
        "Организация Североатлантического договора", "北大西洋公约组织", "منظمة حلف شمال الأطلسي", "Pakta Pertahanan Atlantik Utara")),
    ("OSCE", "r", "1995-01-01", None, ["ОБСЕ", "CSCE"], t(
        "Organization for Security and Co-operation in Europe", "Organisation pour la sécurité et la coopération en Europe",
        "Organización para la Seguridad y la Cooperación en Europa", "Организация по безопасности и сотрудничеству в Европе",
        "欧洲安全与合作组织", "منظمة الأمن والتعاون في أوروبا", "Organisasi Keamanan dan Kerja Sama Eropa")),
    ("EUROCONTROL", "r", "1963-03-01", None, [], t(
        "European Organisation for the Safety of Air Navigation", "Organisation européenne pour la sécurité de la navigation aérienne",
        "Organización Europea para la Seguridad de la Navegación Aérea", "Европейская организация по безопасности воздушной навигации",
        "欧洲空中航行安全组织", "المنظمة الأوروبية لسلامة الملاحة الجوية", "Organisasi Eropa untuk Keselamatan Navigasi Udara")),
    ("ESA", "r", "1980-10-30", None, ["ASE"], t(
        "European Space Agency", "Agence spatiale européenne", "Agencia Espacial Europea", "Европейское космическое агентство",
        "欧洲空间局", "وكالة الفضاء الأوروبية", "Badan Antariksa Eropa")),
    ("EUMETSAT", "r", "1986-06-19", None, [], t(
        "European Organisation for the Exploitation of Meteorological Satellites",
        "Organisation européenne pour l'exploitation de satellites météorologiques",
        "Organización Europea para la Explotación de Satélites Meteorológicos",
        "Европейская организация по эксплуатации метеорологических спутников", "欧洲气象卫星应用组织",
        "المنظمة الأوروبية لاستغلال سواتل الأرصاد الجوية", "Organisasi Eropa untuk Pemanfaatan Satelit Meteorologi")),
    ("EUTELSAT", "r", "1985-09-01", None, [], t(
        "European Telecommunications Satellite Organization", "Organisation européenne de télécommunications par satellite",
        "Organización Europea de Telecomunicaciones por Satélite", "Европейская организация спутниковой связи", "欧洲通信卫星组织",
        "المنظمة الأوروبية للاتصالات الساتلية", "Organisasi Satelit Telekomunikasi Eropa")),
    ("CERN", "r", "1954-09-29", None, [], t(
        "European Organization for Nuclear Research", "Organisation européenne pour la recherche nucléaire",
        "Organización Europea de Investigación Nuclear", "Европейская организация по ядерным исследованиям", "欧洲核子研究组织",
        "المنظمة الأوروبية للبحوث النووية", "Organisasi Eropa untuk Riset Nuklir")),
    ("UN", "i", "1945-10-24", None, ["UNO", "ONU", "ООН", "PBB"], t(
        "United Nations", "Organisation des Nations Unies", "Naciones Unidas", "Организация Объединенных Наций", "联合国",
        "الأمم المتحدة", "Perserikatan Bangsa-Bangsa")),
    ("ILO", "i", "1919-06-28", None, ["OIT", "МОТ"], t(
        "International Labour Organization", "Organisation internationale du Travail", "Organización Internacional del Trabajo",
        "Международная организация труда", "国际劳工组织", "منظمة العمل الدولية", "Organisasi Perburuhan Internasional")),
    ("FAO", "i", "1945-10-16", None, ["ФАО", "粮农组织"], t(
        "Food and Agriculture Organization of the United Nations", "Organisation des Nations Unies pour l'alimentation et l'agriculture",
        "Organización de las Naciones Unidas para la Alimentación y la Agricultura",
        "Продовольственная и сельскохозяйственная организация Объединенных Наций", "联合国粮食及农业组织",
        "منظمة الأغذية والزراعة للأمم المتحدة", "Organisasi Pangan dan Pertanian Perserikatan Bangsa-Bangsa")),
    ("UNESCO", "i", "1946-11-04", None, ["ЮНЕСКО", "教科文组织", "اليونسكو"], t(
        "United Nations Educational, Scientific and Cultural Organization",
        "Organisation des Nations Unies pour l'éducation, la science et la culture",
        "Organización de las Naciones Unidas para la Educación, la Ciencia y la Cultura",
        "Организация Объединенных Наций по вопросам образования, науки и культуры", "联合国教育、科学及文化组织",
        "منظمة الأمم المتحدة للتربية والعلم والثقافة", "Organisasi Pendidikan, Ilmu Pengetahuan dan Kebudayaan Perserikatan Bangsa-Bangsa")),
    ("WHO", "i", "1948-04-07", None, ["OMS", "ВОЗ", "世卫组织"], t(
        "World Health Organization", "Organisation mondiale de la Santé", "Organización Mundial de la Salud",
        "Всемирная организация здравоохранения", "世界卫生组织", "منظمة الصحة العالمية", "Organisasi Kesehatan Dunia")),
    ("ICAO", "i", "1947-04-04", None, ["OACI", "ИКАО"], t(
        "International Civil Aviation Organization", "Organisation de l'aviation civile internationale",
        "Organización de Aviación Civil Internacional", "Международная организация гражданской авиации", "国际民用航空组织",
        "منظمة الطيران المدني الدولي", "Organisasi Penerbangan Sipil Internasional")),
    ("ITU", "i", "1865-05-17", None, ["UIT", "МСЭ"], t(
        "International Telecommunication Union", "Union internationale des télécommunications", "Unión Internacional de Telecomunicaciones",
        "Международный союз электросвязи", "国际电信联盟", "الاتحاد الدولي للاتصالات", "Perhimpunan Telekomunikasi Internasional")),
    ("UPU", "i", "1874-10-09", None, ["ВПС"], t(
        "Universal Postal Union", "Union postale universelle", "Unión Postal Universal", "Всемирный почтовый союз", "万国邮政联盟",
        "الاتحاد البريدي العالمي", "Perhimpunan Pos Sedunia")),
    ("WMO", "i", "1950-03-23", None, ["OMM", "ВМО"], t(
        "World Meteorological Organization", "Organisation météorologique mondiale", "Organización Meteorológica Mundial",
        "Всемирная метеорологическая организация", "世界气象组织", "المنظمة العالمية للأرصاد الجوية", "Organisasi Meteorologi Dunia")),
    ("IMO", "i", "1958-03-17", None, ["OMI", "ИМО", "IMCO"], t(
        "International Maritime Organization", "Organisation maritime internationale", "Organización Marítima Internacional",
        "Международная морская организация", "国际海事组织", "المنظمة البحرية الدولية", "Organisasi Maritim Internasional")),
    ("WIPO", "i", "1970-04-26", None, ["OMPI", "ВОИС"], t(
        "World Intellectual Property Organization", "Organisation mondiale de la propriété intellectuelle",
        "Organización Mundial de la Propiedad Intelectual", "Всемирная организация интеллектуальной собственности", "世界知识产权组织",
        "المنظمة العالمية للملكية الفكرية", "Organisasi Kekayaan Intelektual Dunia")),
    ("UNIDO", "i", "1985-06-21", None, ["ONUDI", "ЮНИДО"], t(
        "United Nations Industrial Development Organization", "Organisation des Nations Unies pour le développement industriel",
        "Organización de las Naciones Unidas para el Desarrollo Industrial",
        "Организация Объединенных Наций по промышленному развитию", "联合国工业发展组织", "منظمة الأمم المتحدة للتنمية الصناعية",
        "Organisasi Pengembangan Industri Perserikatan Bangsa-Bangsa")),
    ("IFAD", "i", "1977-11-30", None, ["FIDA", "МФСР"], t(
        "International Fund for Agricultural Development", "Fonds international de développement agricole",
        "Fondo Internacional de Desarrollo Agrícola", "Международный фонд сельскохозяйственного развития", "国际农业发展基金",
        "الصندوق الدولي للتنمية الزراعية", "Dana Internasional untuk Pembangunan Pertanian")),
    ("UNWTO", "i", "1975-01-02", None, ["World Tourism Organization", "OMT"], t(
        "UN Tourism", "ONU Tourisme", "ONU Turismo", "ООН-туризм", "联合国旅游组织", "الأمم المتحدة للسياحة", "UN Tourism")),
    ("IAEA", "i", "1957-07-29", None, ["AIEA", "OIEA", "МАГАТЭ"], t(
        "International Atomic Energy Agency", "Agence internationale de l'énergie atomique", "Organismo Internacional de Energía Atómica",
        "Международное агентство по атомной энергии", "国际原子能机构", "الوكالة الدولية للطاقة الذرية", "Badan Tenaga Atom Internasional")),
    ("IMF", "i", "1945-12-27", None, ["FMI", "МВФ"], t(
        "International Monetary Fund", "Fonds monétaire international", "Fondo Monetario Internacional", "Международный валютный фонд",
        "国际货币基金组织", "صندوق النقد الدولي", "Dana Moneter Internasional")),
    ("IBRD", "i", "1945-12-27", None, ["World Bank", "BIRD", "BIRF", "Banque mondiale", "МБРР", "世界银行"], t(
        "International Bank for Reconstruction and Development", "Banque internationale pour la reconstruction et le développement",
        "Banco Internacional de Reconstrucción y Fomento", "Международный банк реконструкции и развития", "国际复兴开发银行",
        "البنك الدولي للإنشاء والتعمير", "Bank Internasional untuk Rekonstruksi dan Pembangunan")),
    ("IDA", "i", "1960-09-24", None, [], t(
        "International Development Association", "Association internationale de développement", "Asociación Internacional de Fomento",
        "Международная ассоциация развития", "国际开发协会", "المؤسسة الإنمائية الدولية", "Asosiasi Pembangunan Internasional")),
    ("IFC", "i", "1956-07-20", None, ["SFI"], t(
        "International Finance Corporation", "Société financière internationale", "Corporación Financiera Internacional",
        "Международная финансовая корпорация", "国际金融公司", "المؤسسة المالية الدولية", "Korporasi Keuangan Internasional")),
    ("MIGA", "i", "1988-04-12", None, ["AMGI"], t(
        "Multilateral Investment Guarantee Agency", "Agence multilatérale de garantie des investissements",
        "Organismo Multilateral de Garantía de Inversiones", "Многостороннее агентство по гарантиям инвестиций", "多边投资担保机构",
        "الوكالة الدولية لضمان الاستثمار", "Badan Penjaminan Investasi Multilateral")),
    ("WTO", "i", "1995-01-01", None, ["OMC", "ВТО", "世贸组织"], t(
        "World Trade Organization", "Organisation mondiale du commerce", "Organización Mundial del Comercio",
        "Всемирная торговая организация", "世界贸易组织", "منظمة التجارة العالمية", "Organisasi Perdagangan Dunia")),
    ("IOM", "i", "1951-12-05", None, ["OIM", "МОМ"], t(
        "International Organization for Migration", "Organisation internationale pour les migrations",
        "Organización Internacional para las Migraciones", "Международная организация по миграции", "国际移民组织",
        "المنظمة الدولية للهجرة", "Organisasi Internasional untuk Migrasi")),
    ("OPCW", "i", "1997-04-29", None, ["OIAC", "OPAQ", "ОЗХО"], t(
        "Organisation for the Prohibition of Chemical Weapons", "Organisation pour l'interdiction des armes chimiques",
        "Organización para la Prohibición de las Armas Químicas", "Организация по запрещению химического оружия", "禁止化学武器组织",
        "منظمة حظر الأسلحة الكيميائية", "Organisasi Pelarangan Senjata Kimia")),
    ("CTBTO", "i", "1996-11-19", None, ["CTBTO Preparatory Commission", "OTICE"], t(
        "Preparatory Commission for the Comprehensive Nuclear-Test-Ban Treaty Organization",
        "Commission préparatoire de l'Organisation du Traité d'interdiction complète des essais nucléaires",
        "Comisión Preparatoria de la Organización del Tratado de Prohibición Completa de los Ensayos Nucleares",
        "Подготовительная комиссия Организации по Договору о всеобъемлющем запрещении ядерных испытаний", "全面禁止核试验条约组织筹备委员会",
        "اللجنة التحضيرية لمنظمة معاهدة الحظر الشامل للتجارب النووية", "Komisi Persiapan Organisasi Traktat Pelarangan Menyeluruh Uji Coba Nuklir")),
    ("ICC", "i", "2002-07-01", None, ["CPI", "МУС"], t(
        "International Criminal Court", "Cour pénale internationale", "Corte Penal Internacional", "Международный уголовный суд",
        "国际刑事法院", "المحكمة الجنائية الدولية", "Mahkamah Pidana Internasional")),
    ("ITLOS", "i", "1996-10-01", None, ["TIDM"], t(
        "International Tribunal for the Law of the Sea", "Tribunal international du droit de la mer",
        "Tribunal Internacional del Derecho del Mar", "Международный трибунал по морскому праву", "国际海洋法法庭",
        "المحكمة الدولية لقانون البحار", "Mahkamah Internasional Hukum Laut")),
    ("ISA", "i", "1994-11-16", None, ["AIFM"], t(
        "International Seabed Authority", "Autorité internationale des fonds marins", "Autoridad Internacional de los Fondos Marinos",
        "Международный орган по морскому дну", "国际海底管理局", "السلطة الدولية لقاع البحار", "Otorita Dasar Laut Internasional")),
    ("INTERPOL", "i", "1923-09-07", None, ["ICPO", "OIPC", "Интерпол", "国际刑警组织", "الإنتربول"], t(
        "International Criminal Police Organization", "Organisation internationale de police criminelle",
        "Organización Internacional de Policía Criminal", "Международная организация уголовной полиции", "国际刑事警察组织",
        "المنظمة الدولية للشرطة الجنائية", "Organisasi Polisi Kriminal Internasional")),
    ("WCO", "i", "1952-11-04", None, ["OMD", "Customs Co-operation Council", "ВТамО"], t(
        "World Customs Organization", "Organisation mondiale des douanes", "Organización Mundial de Aduanas",
        "Всемирная таможенная организация", "世界海关组织", "منظمة الجمارك العالمية", "Organisasi Kepabeanan Dunia")),
    ("OECD", "i", "1961-09-30", None, ["OCDE", "ОЭСР", "OEEC", "经合组织"], t(
        "Organisation for Economic Co-operation and Development", "Organisation de coopération et de développement économiques",
        "Organización de Cooperación y Desarrollo Económicos", "Организация экономического сотрудничества и развития",
        "经济合作与发展组织", "منظمة التعاون والتنمية في الميدان الاقتصادي", "Organisasi Kerja Sama dan Pembangunan Ekonomi")),
    ("OPEC", "i", "1960-09-14", None, ["OPEP", "ОПЕК", "欧佩克", "أوبك"], t(
        "Organization of the Petroleum Exporting Countries", "Organisation des pays exportateurs de pétrole",
        "Organización de Países Exportadores de Petróleo", "Организация стран — экспортеров нефти", "石油输出国组织",
        "منظمة البلدان المصدرة للنفط", "Organisasi Negara-Negara Pengekspor Minyak Bumi")),
    ("OIC", "i", "1969-09-25", None, ["OCI", "ОИС", "OKI", "Organization of the Islamic Conference"], t(
        "Organization of Islamic Cooperation", "Organisation de la coopération islamique", "Organización de Cooperación Islámica",
        "Организация исламского сотрудничества", "伊斯兰合作组织", "منظمة التعاون الإسلامي", "Organisasi Kerja Sama Islam")),
    ("COMMONWEALTH", "i", "1949-04-26", None, ["Commonwealth of Nations"], t(
        "Commonwealth", "Commonwealth", "Commonwealth", "Содружество", "英联邦", "الكومنولث", "Persemakmuran")),
    ("OIF", "i", "1970-03-20", None, ["Francophonie", "ACCT"], t(
        "International Organization of la Francophonie", "Organisation internationale de la Francophonie",
        "Organización Internacional de la Francofonía", "Международная организация франкоязычных стран", "法语国家国际组织",
        "المنظمة الدولية للفرنكوفونية", "Organisasi Internasional Frankofoni")),
    ("CPLP", "i", "1996-07-17", None, [], t(
        "Community of Portuguese-speaking Countries", "Communauté des pays de langue portugaise", "Comunidad de Países de Lengua Portuguesa",
        "Сообщество португалоязычных стран", "葡萄牙语国家共同体", "جماعة البلدان الناطقة بالبرتغالية", "Komunitas Negara-Negara Berbahasa Portugis")),
    ("HCCH", "i", "1955-07-15", None, [], t(
        "Hague Conference on Private International Law", "Conférence de La Haye de droit international privé",
        "Conferencia de La Haya de Derecho Internacional Privado", "Гаагская конференция по международному частному праву",
        "海牙国际私法会议", "مؤتمر لاهاي للقانون الدولي الخاص", "Konferensi Den Haag tentang Hukum Perdata Internasional")),
    ("UNIDROIT", "i", "1940-04-21", None, [], t(
        "International Institute for the Unification of Private Law", "Institut international pour l'unification du droit privé",
        "Instituto Internacional para la Unificación del Derecho Privado", "Международный институт унификации частного права",
        "国际统一私法协会", "المعهد الدولي لتوحيد القانون الخاص", "Institut Internasional untuk Unifikasi Hukum Perdata")),
    ("PCA", "i", "1899-07-29", None, ["CPA"], t(
        "Permanent Court of Arbitration", "Cour permanente d'arbitrage", "Corte Permanente de Arbitraje",
        "Постоянная палата третейского суда", "常设仲裁法院", "محكمة التحكيم الدائمة", "Mahkamah Arbitrase Permanen")),
    ("IHO", "i", "1921-06-21", None, ["OHI"], t(
        "International Hydrographic Organization", "Organisation hydrographique internationale", "Organización Hidrográfica Internacional",
        "Международная гидрографическая организация", "国际海道测量组织", "المنظمة الهيدروغرافية الدولية", "Organisasi Hidrografi Internasional")),
    ("BIPM", "i", "1875-05-20", None, [], t(
        "International Bureau of Weights and Measures", "Bureau international des poids et mesures",
        "Oficina Internacional de Pesas y Medidas", "Международное бюро мер и весов", "国际计量局", "المكتب الدولي للأوزان والمقاييس",
        "Biro Internasional untuk Ukuran dan Timbangan")),
    ("ITSO", "i", "1973-02-12", None, ["INTELSAT"], t(
        "International Telecommunications Satellite Organization", "Organisation internationale des télécommunications par satellites",
        "Organización Internacional de Telecomunicaciones por Satélite", "Международная организация спутниковой связи", "国际通信卫星组织",
        "المنظمة الدولية للاتصالات الساتلية", "Organisasi Satelit Telekomunikasi Internasional")),
    ("IMSO", "i", "1979-07-16", None, ["INMARSAT"], t(
        "International Mobile Satellite Organization", "Organisation internationale de télécommunications mobiles par satellites",
        "Organización Internacional de Telecomunicaciones Móviles por Satélite", "Международная организация подвижной спутниковой связи",
        "国际移动卫星组织", "المنظمة الدولية للاتصالات الساتلية المتنقلة", "Organisasi Satelit Bergerak Internasional")),
    ("INTERSPUTNIK", "i", "1972-07-12", None, ["Интерспутник"], t(
        "Intersputnik International Organization of Space Communications", "Organisation internationale de télécommunications spatiales Intersputnik",
        "Organización Internacional de Telecomunicaciones Espaciales Intersputnik", "Международная организация космической связи «Интерспутник»",
        "国际宇宙通信组织", "المنظمة الدولية للاتصالات الفضائية انترسبوتنيك", "Organisasi Internasional Komunikasi Antariksa Intersputnik")),
    ("CFC", "i", "1989-06-19", None, [], t(
        "Common Fund for Commodities", "Fonds commun pour les produits de base", "Fondo Común para los Productos Básicos",
        "Общий фонд для сырьевых товаров", "商品共同基金", "الصندوق المشترك للسلع الأساسية", "Dana Bersama untuk Komoditas")),
    ("AFDB", "r", "1964-09-10", None, ["BAD", "AfDB"], t(
        "African Development Bank", "Banque africaine de développement", "Banco Africano de Desarrollo", "Африканский банк развития",
        "非洲开发银行", "مصرف التنمية الأفريقي", "Bank Pembangunan Afrika")),
    ("ADB", "r", "1966-08-22", None, ["BAsD"], t(
        "Asian Development Bank", "Banque asiatique de développement", "Banco Asiático de Desarrollo", "Азиатский банк развития",
        "亚洲开发银行", "مصرف التنمية الآسيوي", "Bank Pembangunan Asia")),
    ("AIIB", "i", "2015-12-25", None, ["亚投行"], t(
        "Asian Infrastructure Investment Bank", "Banque asiatique d'investissement dans les infrastructures",
        "Banco Asiático de Inversión en Infraestructura", "Азиатский банк инфраструктурных инвестиций", "亚洲基础设施投资银行",
        "المصرف الآسيوي للاستثمار في البنية التحتية", "Bank Investasi Infrastruktur Asia")),
    ("IDB", "r", "1959-12-30", None, ["BID", "IADB"], t(
        "Inter-American Development Bank", "Banque interaméricaine de développement", "Banco Interamericano de Desarrollo",
        "Межамериканский банк развития", "泛美开发银行", "مصرف التنمية للبلدان الأمريكية", "Bank Pembangunan Antar-Amerika")),
    ("EBRD", "r", "1991-03-28", None, ["BERD", "ЕБРР"], t(
        "European Bank for Reconstruction and Development", "Banque européenne pour la reconstruction et le développement",
        "Banco Europeo de Reconstrucción y Desarrollo", "Европейский банк реконструкции и развития", "欧洲复兴开发银行",
        "المصرف الأوروبي للإنشاء والتعمير", "Bank Eropa untuk Rekonstruksi dan Pembangunan")),
    ("EIB", "r", "1958-01-01", None, ["BEI", "ЕИБ"], t(
        "European Investment Bank", "Banque européenne d'investissement", "Banco Europeo de Inversiones", "Европейский инвестиционный банк",
        "欧洲投资银行", "مصرف الاستثمار الأوروبي", "Bank Investasi Eropa")),
    ("ISDB", "i", "1975-10-20", None, ["IsDB", "BIsD"], t(
        "Islamic Development Bank", "Banque islamique de développement", "Banco Islámico de Desarrollo", "Исламский банк развития",
        "伊斯兰开发银行", "البنك الإسلامي للتنمية", "Bank Pembangunan Islam")),
]

FORMER = {
    "EU": [("1958-01-01", "1993-10-31", t(
        "European Economic Community", "Communauté économique européenne", "Comunidad Económica Europea",
        "Европейское экономическое сообщество", "欧洲经济共同体", "الجماعة الاقتصادية الأوروبية", "Masyarakat Ekonomi Eropa")),
        ("1993-11-01", "2009-11-30", t(
            "European Community", "Communauté européenne", "Comunidad Europea", "Европейское сообщество", "欧洲共同体",
            "الجماعة الأوروبية", "Masyarakat Eropa"))],
    "AU": [("1963-05-25", "2002-07-08", t(
        "Organization of African Unity", "Organisation de l'unité africaine", "Organización de la Unidad Africana",
        "Организация африканского единства", "非洲统一组织", "منظمة الوحدة الأفريقية", "Organisasi Persatuan Afrika"))],
    "IMO": [("1958-03-17", "1982-05-21", t(
        "Inter-Governmental Maritime Consultative Organization",
        "Organisation intergouvernementale consultative de la navigation maritime",
        "Organización Consultiva Marítima Intergubernamental", "Межправительственная морская консультативная организация",
        "政府间海事协商组织", "المنظمة الاستشارية الحكومية الدولية للملاحة البحرية", "Organisasi Konsultatif Maritim Antarpemerintah"))],
    "UNWTO": [("1975-01-02", "2024-01-22", t(
        "World Tourism Organization", "Organisation mondiale du tourisme", "Organización Mundial del Turismo",
        "Всемирная туристская организация", "世界旅游组织", "المنظمة العالمية للسياحة", "Organisasi Pariwisata Dunia"))],
    "OIC": [("1969-09-25", "2011-06-27", t(
        "Organization of the Islamic Conference", "Organisation de la Conférence islamique", "Organización de la Conferencia Islámica",
        "Организация Исламская конференция", "伊斯兰会议组织", "منظمة المؤتمر الإسلامي", "Organisasi Konferensi Islam"))],
}
NOTES = {
    "EU": "Replaced and succeeded the European Community on 1 December 2009 (Treaty on European Union, article 1); depositaries "
          "list acts of the Community under the Union.",
}
