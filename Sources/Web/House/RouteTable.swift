import HTTPTypes
import Hummingbird
import Synchronization

/// Which methods each address takes, to tell "no such address" from "not this method". Filled once, when all routes are added.
final class RouteTable: Sendable {
    private struct Route {
        let path: RouterPath
        var methods: Set<HTTPRequest.Method>
    }

    private let routes = Mutex<[Route]>([])

    func fill(from pairs: [(RouterPath, HTTPRequest.Method)]) {
        routes.withLock { routes in
            for (path, method) in pairs {
                if let index = routes.firstIndex(where: { $0.path == path }) {
                    routes[index].methods.insert(method)
                } else {
                    routes.append(Route(path: path, methods: [method]))
                }
            }
        }
    }

    /// The methods an address takes, in order; empty where there is no such address.
    func methods(of path: String) -> [HTTPRequest.Method] {
        let segments = path.split(separator: "/")
        var methods: Set<HTTPRequest.Method> = routes.withLock { routes in
            var found: Set<HTTPRequest.Method> = []
            for route in routes where RouteTable.matches(route.path, segments) { found.formUnion(route.methods) }
            return found
        }
        if methods.contains(.get) { methods.insert(.head) }
        return methods.sorted { $0.rawValue < $1.rawValue }
    }

    private static func matches(_ path: RouterPath, _ segments: [Substring]) -> Bool {
        var rest = segments[...]
        for element in path {
            if element == RouterPath.Element.recursiveWildcard { return !rest.isEmpty }
            guard let segment = rest.first, element ~= segment else { return false }
            rest = rest.dropFirst()
        }
        return rest.isEmpty
    }
}
