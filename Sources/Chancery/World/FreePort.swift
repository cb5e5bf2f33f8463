import Foundation

/// Whether ports of this machine can be listened on.
enum FreePort {
    /// - Throws: `WorldProblem` naming those that are taken.
    static func check(_ ports: [Int]) throws {
        let taken = ports.filter { !isFree($0) }
        guard taken.isEmpty else {
            let list = taken.map(String.init).joined(separator: ", ")
            throw WorldProblem(
                "Something listens on port \(list) already: another world, perhaps. Stop it, or choose \(ports.count) other ports in a row "
                    + "with --port.", code: 75)
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        #if canImport(Glibc)
            let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let socket = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard socket >= 0 else { return false }
        defer { close(socket) }
        var yes: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(clamping: port).bigEndian)
        address.sin_addr.s_addr = in_addr_t(UInt32(0x7F00_0001).bigEndian)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
