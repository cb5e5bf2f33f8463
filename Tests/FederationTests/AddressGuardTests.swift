import Foundation
import Testing

@testable import Federation
@testable import Outbound

/// IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890).
@Suite("Addresses that nothing is sent to")
struct AddressGuardTests {
    private static func bytes(_ text: String) -> [UInt8] {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return [] }
        return withUnsafeBytes(of: six) { Array($0) }
    }

    @Test(
        "Private, loopback, link-local, reserved and translated ones are closed",
        arguments: [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
            "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "255.255.255.255", "::",
            "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:db8::1", "2001::1", "fc00::1",
            "fd12:3456::1", "fe80::1", "ff02::1", "100::1", "::127.0.0.1",
        ])
    func closed(address: String) {
        #expect(!AddressGuard.isPublic(Self.bytes(address)))
    }

    @Test(
        "Public ones are open",
        arguments: ["8.8.8.8", "172.32.0.1", "172.15.0.1", "100.128.0.1", "2a00:1450::1", "2606:4700::1111", "::ffff:8.8.8.8"])
    func open(address: String) {
        #expect(AddressGuard.isPublic(Self.bytes(address)))
    }

    @Test("What is no address is closed")
    func none() {
        #expect(!AddressGuard.isPublic([]))
        #expect(!AddressGuard.isPublic([8, 8, 8]))
    }
}
