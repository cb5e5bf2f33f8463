import Web

/// A form as its template reads it: where it goes, its fields in order, and what its button says.
struct FormSheet {
    enum Control {
        case line
        case day
        case area(rows: Int)
        case choice([[String: Any]])
        case file
        case hidden
        /// Words between the fields.
        case heading
    }

    struct Field {
        var name: String
        var label: String
        var control: Control
        var value = ""
        var isRequired = false
        var longest = 500
        var hint: String?
    }

    var action: String
    /// For programs that drive the pages (`data-test`).
    var name: String
    var button: String
    /// A second button, before the first: its value of `step` and what it says.
    var before: (value: String, text: String)?
    /// The value of `step` that the main button sends.
    var step: String?
    /// Words above the fields.
    var lead: String?
    var cancel: String?
    var fields: [Field] = []

    init(action: String, name: String, button: String) {
        self.action = action
        self.name = name
        self.button = button
    }

    mutating func add(
        _ name: String, _ label: String, _ control: Control = .line, value: String? = nil, required: Bool = false, longest: Int = 500,
        hint: String? = nil
    ) {
        fields.append(
            Field(name: name, label: label, control: control, value: value ?? "", isRequired: required, longest: longest, hint: hint))
    }

    /// Every member is there, since an absent one would let an outer context's show through.
    func context(_ house: House, _ visit: Visit) -> [String: Any] {
        [
            "form": [
                "action": action, "formName": name, "button": button, "request": house.formToken(visit),
                "beforeText": before?.text ?? false, "beforeValue": before?.value ?? "", "step": step ?? false, "lead": lead ?? false,
                "cancel": cancel ?? false,
                "hasFile": fields.contains { if case .file = $0.control { true } else { false } }, "fields": fields.map(FormSheet.context),
            ] as [String: Any]
        ]
    }

    private static func context(_ field: Field) -> [String: Any] {
        var context: [String: Any] = [
            "id": field.name, "label": field.label, "value": field.value, "required": field.isRequired, "longest": String(field.longest),
            "hint": field.hint ?? false, "isLine": false, "isDay": false, "isArea": false, "isChoice": false, "isFile": false,
            "isHidden": false,
            "isHeading": false, "rows": "3", "options": [[String: Any]](),
        ]
        switch field.control {
        case .line: context["isLine"] = true
        case .day: context["isDay"] = true
        case .area(let rows):
            context["isArea"] = true
            context["rows"] = String(rows)
        case .choice(let options):
            context["isChoice"] = true
            context["options"] = options
        case .file: context["isFile"] = true
        case .hidden: context["isHidden"] = true
        case .heading: context["isHeading"] = true
        }
        return context
    }
}
