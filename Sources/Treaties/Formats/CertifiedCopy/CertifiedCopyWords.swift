/// The fixed words of a certified true copy, in the six languages of the United Nations and Indonesian.
///
/// They are part of the document, not of the pages: a copy is certified in every authentic language of its treaty, whatever
/// languages the pages are shown in.
struct CertifiedCopyWords {
    let certifiedTrueCopy: String
    /// `{title}`, `{depositary}`.
    let statement: String
    /// `{title}`, `{date}`, `{depositary}`.
    let statementWithDate: String
    /// In the form that the statement asks for; the depositary's name follows in brackets.
    let depositary: String
    let texts: String
    let verification: String
    let number: String
    let language: String
    let allTexts: String
    let record: String
    let entry: String
    let leaf: String
    let checkpoint: String
    let issued: String
    /// What the hashes are, and how anyone holds this copy against the record without the depositary's help.
    let explanation: String

    static func of(_ language: String) -> CertifiedCopyWords {
        all[String(language.prefix { $0 != "-" })] ?? english
    }

    /// Whether the statement can be made in a language.
    static func has(_ language: String) -> Bool { all[String(language.prefix { $0 != "-" })] != nil }

    private static let all: [String: CertifiedCopyWords] = [
        "en": english, "fr": french, "es": spanish, "ru": russian, "zh": chinese, "ar": arabic, "id": indonesian,
    ]

    private static let english = CertifiedCopyWords(
        certifiedTrueCopy: "Certified true copy",
        statement:
            "It is hereby certified that the text in this document is a true copy of the {title}, the original of which is deposited with {depositary}.",
        statementWithDate:
            "It is hereby certified that the text in this document is a true copy of the {title}, adopted on {date}, the original of which is deposited with {depositary}.",
        depositary: "the depositary", texts: "Texts", verification: "Verification", number: "Number in the register", language: "Language",
        allTexts: "All texts together", record: "Record", entry: "Entry of the authentication", leaf: "Leaf of that entry",
        checkpoint: "Checkpoint", issued: "Issued on",
        explanation:
            "Each hash is the SHA-256 of the text in that language as it was authenticated; the last is that of all of them together. The act of authentication stands in the record named here. The proof is a file of its own beside this one. Without a network and without the depositary’s help, anyone can check it:"
    )

    private static let french = CertifiedCopyWords(
        certifiedTrueCopy: "Copie certifiée conforme",
        statement:
            "Il est certifié par la présente que le texte figurant dans ce document est la copie conforme de l’instrument suivant : {title}, dont l’original est déposé auprès {depositary}.",
        statementWithDate:
            "Il est certifié par la présente que le texte figurant dans ce document est la copie conforme de l’instrument suivant : {title}, adopté le {date}, dont l’original est déposé auprès {depositary}.",
        depositary: "du dépositaire", texts: "Textes", verification: "Vérification", number: "Numéro au registre",
        language: "Langue", allTexts: "Tous les textes ensemble", record: "Journal", entry: "Inscription de l’authentification",
        leaf: "Feuille de cette inscription", checkpoint: "Point de contrôle", issued: "Délivrée le",
        explanation:
            "Chaque empreinte est le SHA-256 du texte dans cette langue, tel qu’il a été authentifié ; la dernière est celle de tous les textes ensemble. L’acte d’authentification figure dans le journal nommé ici. La preuve est un fichier distinct joint à celui-ci. Sans réseau et sans le concours du dépositaire, chacun peut la vérifier :"
    )

    private static let spanish = CertifiedCopyWords(
        certifiedTrueCopy: "Copia certificada conforme",
        statement:
            "Por la presente se certifica que el texto contenido en este documento es copia fiel del siguiente instrumento: {title}, cuyo original está depositado en poder {depositary}.",
        statementWithDate:
            "Por la presente se certifica que el texto contenido en este documento es copia fiel del siguiente instrumento: {title}, adoptado el {date}, cuyo original está depositado en poder {depositary}.",
        depositary: "del depositario", texts: "Textos", verification: "Verificación", number: "Número en el registro", language: "Idioma",
        allTexts: "Todos los textos en conjunto", record: "Registro", entry: "Asiento de la autenticación", leaf: "Hoja de ese asiento",
        checkpoint: "Punto de control", issued: "Expedida el",
        explanation:
            "Cada huella es el SHA-256 del texto en ese idioma tal como fue autenticado; la última es la de todos los textos en conjunto. El acto de autenticación consta en el registro aquí indicado. La prueba es un archivo aparte que acompaña a este. Sin red y sin la ayuda del depositario, cualquiera puede comprobarla:"
    )

    private static let russian = CertifiedCopyWords(
        certifiedTrueCopy: "Заверенная копия",
        statement:
            "Настоящим удостоверяется, что содержащийся в этом документе текст является верной копией следующего документа: {title}, подлинник которого сдан на хранение {depositary}.",
        statementWithDate:
            "Настоящим удостоверяется, что содержащийся в этом документе текст является верной копией следующего документа: {title}, принятого {date}, подлинник которого сдан на хранение {depositary}.",
        depositary: "депозитарию", texts: "Тексты", verification: "Проверка", number: "Номер в реестре", language: "Язык",
        allTexts: "Все тексты вместе", record: "Журнал", entry: "Запись об установлении аутентичности", leaf: "Лист этой записи",
        checkpoint: "Контрольная точка", issued: "Выдана",
        explanation:
            "Каждый хеш есть SHA-256 текста на данном языке, аутентичность которого установлена; последний относится ко всем текстам вместе. Акт об установлении аутентичности внесён в указанный здесь журнал. Доказательство прилагается отдельным файлом. Проверить его может каждый, без сети и без помощи депозитария:"
    )

    private static let chinese = CertifiedCopyWords(
        certifiedTrueCopy: "经核证无误的副本",
        statement: "兹证明本文件所载文本为《{title}》的真实副本，其正本交存于{depositary}。",
        statementWithDate: "兹证明本文件所载文本为{date}通过的《{title}》的真实副本，其正本交存于{depositary}。",
        depositary: "保存人", texts: "文本", verification: "核验", number: "登记册编号", language: "语文", allTexts: "全部文本合计",
        record: "记录", entry: "认证行为的条目", leaf: "该条目的叶", checkpoint: "检查点", issued: "签发日期",
        explanation:
            "各散列值为经认证的该语文文本的SHA-256值；最后一个为全部文本合计的散列值。认证行为载于此处所列的记录。证明为随附的单独文件。任何人无需网络，也无需保存人协助，即可核验："
    )

    private static let arabic = CertifiedCopyWords(
        certifiedTrueCopy: "نسخة مصدقة طبق الأصل",
        statement:
            "يُشهد بهذا بأن النص الوارد في هذه الوثيقة نسخة طبق الأصل من الصك التالي: {title}، الذي أودع أصله لدى {depositary}.",
        statementWithDate:
            "يُشهد بهذا بأن النص الوارد في هذه الوثيقة نسخة طبق الأصل من الصك التالي: {title}، المعتمد في {date}، الذي أودع أصله لدى {depositary}.",
        depositary: "الوديع", texts: "النصوص", verification: "التحقق", number: "الرقم في السجل", language: "اللغة",
        allTexts: "جميع النصوص معا", record: "السجل المتسلسل", entry: "قيد التوثيق", leaf: "ورقة ذلك القيد", checkpoint: "نقطة التحقق",
        issued: "صدرت في",
        explanation:
            "كل بصمة هي قيمة SHA-256 للنص بتلك اللغة كما جرى توثيقه؛ والأخيرة بصمة جميع النصوص معا. وفعل التوثيق مدون في السجل المذكور هنا. والإثبات ملف مستقل مرافق لهذا الملف. ويمكن لأي شخص التحقق منه دون شبكة ودون مساعدة الوديع:"
    )

    private static let indonesian = CertifiedCopyWords(
        certifiedTrueCopy: "Salinan sah sesuai aslinya",
        statement:
            "Dengan ini dinyatakan bahwa naskah dalam dokumen ini adalah salinan yang sesuai dengan aslinya dari {title}, yang naskah aslinya disimpan pada {depositary}.",
        statementWithDate:
            "Dengan ini dinyatakan bahwa naskah dalam dokumen ini adalah salinan yang sesuai dengan aslinya dari {title}, yang diterima pada tanggal {date}, yang naskah aslinya disimpan pada {depositary}.",
        depositary: "lembaga penyimpan", texts: "Naskah", verification: "Verifikasi", number: "Nomor dalam register", language: "Bahasa",
        allTexts: "Seluruh naskah bersama-sama", record: "Catatan", entry: "Entri pengesahan keaslian naskah", leaf: "Daun entri itu",
        checkpoint: "Titik periksa", issued: "Dikeluarkan pada",
        explanation:
            "Setiap sidik adalah SHA-256 dari naskah dalam bahasa itu sebagaimana disahkan keasliannya; yang terakhir adalah sidik seluruh naskah bersama-sama. Tindakan pengesahan itu tercatat dalam catatan yang disebut di sini. Buktinya adalah berkas tersendiri yang menyertai berkas ini. Tanpa jaringan dan tanpa bantuan lembaga penyimpan, siapa pun dapat memeriksanya:"
    )
}
