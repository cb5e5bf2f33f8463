/// Pages already made.
final class PageCache: Sendable {
}
