import CLibXML2

/// The XML library, for the operator.
public enum XMLLibrary {
    public static var version: String { LIBXML_DOTTED_VERSION }
}
