import CPango

/// Which libraries set the pages, for the operator.
public enum TypesetterVersion {
    public static var description: String {
        "Pango \(String(cString: pango_version_string())), Cairo \(String(cString: cairo_version_string()))"
    }
}
