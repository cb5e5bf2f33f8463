public import Acts

/// When a treaty may be registered with the Secretariat of the United Nations.
public enum RegistrationRule {
    /// Registration takes place once the treaty has entered into force (General Assembly resolution 97 (I), art. 1(2); VCLT art. 80(1)).
    public static func requireInForce(_ inForce: CalendarDate?, on day: CalendarDate) throws(Refusal) {
        guard let inForce, inForce <= day else {
            throw Refusal(
                .unlawful, code: "treaty.not-in-force-yet", "The treaty has not entered into force, and is registered only after that.",
                mend: "Wait until it is in force.",
                citation: "Charter art. 102; VCLT art. 80(1); General Assembly resolution 97 (I), art. 1(2)")
        }
    }
}
