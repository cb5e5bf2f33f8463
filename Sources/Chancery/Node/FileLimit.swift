import Foundation

/// How many files, connections among them, this process may hold open.
public enum FileLimit {
    /// Raises the limit as far as the system lets a program raise it itself (setrlimit(2), RLIMIT_NOFILE).
    ///
    /// - Returns: the limit now.
    @discardableResult
    public static func raise() -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
            let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
            let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return 256 }
        if limit.rlim_cur < limit.rlim_max {
            var wished = limit
            wished.rlim_cur = limit.rlim_max
            if setrlimit(resource, &wished) == 0 { limit = wished }
        }
        return Int(clamping: limit.rlim_cur)
    }
}
