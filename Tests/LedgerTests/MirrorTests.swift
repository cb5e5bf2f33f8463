import Ledger
import TestSupport
import Testing

@Suite("The mirror's decisions")
struct MirrorTests {
    private static let size = 1_000

    private let log: SampleLog
    private let mirror: MLDSA44Cosigner

    init() throws {
        log = try SampleLog(size: MirrorTests.size)
        mirror = try MLDSA44Cosigner(name: KeyName("mirror.example/m1"), seed: Array(repeating: 6, count: 32))
    }

    /// A mirror in memory: what an HTTP endpoint over a store does.
    private struct Mirror {
        var state = MirrorState.empty
        var leaves: [Hash] = []

        mutating func upload(_ request: AddEntriesRequest) throws -> AddEntriesOutcome {
            switch MirrorUpload.begin(request.header, state: state) {
            case .refused(let outcome): return outcome
            case .ready(var upload):
                for package in request.packages {
                    let before = Array(leaves[Int(upload.needed.lowerBound)..<Int(upload.needed.upperBound)])
                    guard let proven = try? upload.take(package, leavesBefore: before) else { break }
                    for (index, leaf) in zip(proven.entries, proven.leaves) where index == leaves.count { leaves.append(leaf) }
                    state.keep(proven.entries)
                }
                return upload.finish(&state)
            }
        }
    }

    private func request(_ entries: Range<Int>, limit: Int = 32) throws -> AddEntriesRequest {
        let header = try AddEntriesHeader(
            origin: SampleLog.origin, entries: UInt64(entries.lowerBound)..<UInt64(entries.upperBound))
        let whole = try AddEntriesRequest(header, tiles: log.tiles) { range in
            Array(log.entries[Int(range.lowerBound)..<Int(range.upperBound)])
        }
        return try AddEntriesRequest(header, packages: Array(whole.packages.prefix(limit)))
    }

    private func expecting(_ sizes: Int...) throws -> Mirror {
        var mirror = Mirror()
        for size in sizes { mirror.state.expect(try log.checkpoint(size)) }
        return mirror
    }

    @Test("Packages are aligned at multiples of 256, and bring the entries once each")
    func packages() throws {
        let cases: [(Range<UInt64>, [Range<UInt64>])] = [
            (0..<0, []), (7..<7, []), (0..<1, [0..<1]), (0..<256, [0..<256]), (255..<257, [255..<256, 256..<257]),
            (300..<900, [300..<512, 512..<768, 768..<900]), (256..<512, [256..<512]), (700..<701, [700..<701]),
        ]
        for (entries, expected) in cases {
            let header = try AddEntriesHeader(origin: "o", entries: entries)
            #expect(header.packageCount == UInt64(expected.count))
            #expect((0..<header.packageCount).map { header.entries(ofPackage: $0) } == expected, "\(entries)")
            for place in 0..<header.packageCount {
                let subtree = header.subtree(ofPackage: place)
                #expect(subtree.lowerBound % 256 == 0 && subtree.upperBound == header.entries(ofPackage: place).upperBound)
                #expect(Subtree.isRange(subtree))
            }
            #expect(header.entries(ofPackage: header.packageCount).isEmpty)
        }
        let largest = try AddEntriesHeader(origin: "o", entries: 0..<(1 << 63 - 1))
        #expect(largest.packageCount == 1 << 55)
        #expect(throws: AddEntriesError.badRange) { try AddEntriesHeader(origin: "o", entries: 0..<(1 << 63)) }
    }

    @Test("The request's bytes are those of the specification, and read back whole or in pieces of any size")
    func bytes() throws {
        let header = try AddEntriesHeader(origin: "log.example/acts", entries: 2..<3, ticket: [7, 8])
        let small = try AddEntriesRequest(header, packages: [EntryPackage(entries: [Array("act 2".utf8)], proof: [.emptyTree])])
        var expected: [UInt8] = [0, 16] + Array("log.example/acts".utf8)
        expected += [0, 0, 0, 0, 0, 0, 0, 2] + [0, 0, 0, 0, 0, 0, 0, 3] + [0, 2, 7, 8]
        expected += [0, 5] + Array("act 2".utf8) + [1] + Hash.emptyTree.bytes
        #expect(small.bytes == expected)
        for request in [small, try request(0..<1_000), try request(300..<900), try request(5..<5)] {
            let bytes = request.bytes
            let whole = try AddEntriesRequest.parse(bytes)
            #expect(whole.request == request && whole.leftOver == 0)
            var random = SeededGenerator.fresh()
            var reader = AddEntriesReader()
            var header: AddEntriesHeader?
            var packages: [EntryPackage] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let piece = rest.prefix(Int.random(in: 1...700, using: &random))
                rest = rest.dropFirst(piece.count)
                reader.append(piece)
                header = try reader.header()
                while let package = try reader.package() { packages.append(package) }
            }
            #expect(header == request.header && packages == request.packages && reader.waiting == 0)
        }
    }

    @Test("A request cut anywhere is the packages before the cut")
    func cut() throws {
        let bytes = try request(300..<900).bytes
        var last = 0
        for count in stride(from: 0, to: bytes.count, by: 7) {
            guard let (request, leftOver) = try? AddEntriesRequest.parse(Array(bytes[..<count])) else {
                #expect(count < 36, "a header of 36 bytes is whole")
                continue
            }
            #expect(request.bytes.count + leftOver == count)
            #expect(request.packages.count >= last)
            last = request.packages.count
        }
        #expect(last == 2)
    }

    @Test("200: all entries up to a pending checkpoint, which the mirror then vouches for with its own key")
    func mirrored() throws {
        for size in [0, 1, 255, 256, 257, 700, 1_000] {
            var mirror = try expecting(size)
            let outcome = try mirror.upload(request(0..<size))
            let checkpoint = try log.checkpoint(size)
            #expect(outcome == .mirrored(checkpoint) && outcome.status == 200)
            #expect(mirror.state.mirrored == checkpoint && mirror.state.nextEntry == UInt64(size))
            #expect(mirror.leaves == Array(log.leaves[..<size]))
            let line = try self.mirror.cosign(checkpoint.note, at: 1_700_000_000)
            let reply = outcome.reply(cosignatures: [line])
            #expect(reply == WitnessReply(status: 200, contentType: WitnessReply.text, body: line.line))
            let whole = try SignedNote(parsing: checkpoint.note.bytes + Array(reply.body.utf8))
            #expect(try whole.verified(by: [self.mirror.verifier]).count == 1)
        }
    }

    @Test("202: a part of the entries, and where to go on; the rest completes it")
    func partial() throws {
        var mirror = try expecting(900)
        let first = try mirror.upload(request(0..<900, limit: 2))
        #expect(first == .partial(MirrorInfo(size: 900, nextEntry: 512)))
        #expect(first.reply() == WitnessReply(status: 202, contentType: "text/x.tlog.mirror-info", body: "900\n512\n\n"))
        #expect(mirror.state.mirrored == nil)
        // From before what is there, in the middle of a bundle: an overlap is the same entries again.
        #expect(try mirror.upload(request(500..<900)) == .mirrored(log.checkpoint(900)))
        #expect(mirror.leaves == Array(log.leaves[..<900]))
    }

    @Test("400: nothing came that could be kept")
    func nothing() throws {
        var mirror = try expecting(900)
        let outcome = try mirror.upload(request(0..<900, limit: 0))
        #expect(outcome == .malformed(.endsEarly) && outcome.status == 400)
        var upload = try ready(request(0..<900).header, mirror.state)
        #expect(throws: AddEntriesOutcome.malformed(.wrongCount(package: 0, expected: 256, found: 1))) {
            try upload.take(EntryPackage(entries: [[1]], proof: []), leavesBefore: [])
        }
    }

    @Test("404: a log that is not mirrored; 409: an upload that ends or starts where it cannot")
    func refused() throws {
        guard case .refused(let outcome) = MirrorUpload.begin(try request(0..<9).header, state: nil) else {
            Issue.record("a log that is not mirrored was taken")
            return
        }
        #expect(outcome == .unknownOrigin(SampleLog.origin) && outcome.status == 404)
        var mirror = try expecting(300, 900)
        for entries in [0..<0, 0..<299, 0..<901] {
            #expect(try mirror.upload(request(entries)) == .conflict(MirrorInfo(size: 900, nextEntry: 0)), "\(entries)")
        }
        #expect(try mirror.upload(request(1..<300)) == .conflict(MirrorInfo(size: 300, nextEntry: 0)))
        #expect(try mirror.upload(request(0..<900)).status == 200)
        let smaller = try mirror.upload(request(0..<300))
        #expect(smaller == .conflict(MirrorInfo(size: 900, nextEntry: 900)) && smaller.status == 409)
        let far = MirrorState(pending: [try log.checkpoint(1_000)], mirrored: nil, nextEntry: MirrorState.mostOverlap + 600)
        guard case .refused(.conflict) = MirrorUpload.begin(try request(599..<1_000).header, state: far) else {
            Issue.record("an upload of what is long there was taken")
            return
        }
        let empty = MirrorUpload.begin(try request(0..<0).header, state: .empty)
        guard case .refused(.conflict(MirrorInfo(size: 0, nextEntry: 0))) = empty else {
            Issue.record("a mirror without a pending checkpoint took an upload")
            return
        }
        let other = try AddEntriesHeader(origin: "log.example/other", entries: 0..<900)
        guard case .refused(.conflict) = MirrorUpload.begin(other, state: try expecting(900).state) else {
            Issue.record("another log's entries were taken")
            return
        }
    }

    @Test("422: entries or proofs that the pending checkpoint does not have, and nothing of them or after them is kept")
    func unproven() throws {
        let honest = try request(300..<900)
        for place in honest.packages.indices {
            let package = honest.packages[place]
            var entries = package.entries
            entries[entries.count / 2].append(0)
            var swapped = package.entries
            swapped.swapAt(0, 1)
            var bad = [EntryPackage(entries: entries, proof: package.proof), EntryPackage(entries: swapped, proof: package.proof)]
            bad += [EntryPackage(entries: package.entries, proof: package.proof + [.zero])]
            for hash in package.proof.indices {
                var proof = package.proof
                proof[hash] = .zero
                bad.append(EntryPackage(entries: package.entries, proof: proof))
            }
            for package in bad {
                var mirror = try expecting(300, 900)
                #expect(try mirror.upload(request(0..<300)).status == 200)
                var packages = honest.packages
                packages[place] = package
                let outcome = try mirror.upload(AddEntriesRequest(honest.header, packages: packages))
                #expect(outcome.status == 422)
                let kept = place == 0 ? 300 : 256 * (place + 1)
                #expect(mirror.leaves == Array(log.leaves[..<kept]) && mirror.state.nextEntry == UInt64(kept))
                #expect(mirror.state.mirrored == (try log.checkpoint(300)))
            }
        }
    }

    @Test("A checkpoint that is pending is not vouched for; old pending ones are forgotten; a fork is refused as a witness does")
    func pending() throws {
        var state = MirrorState.empty
        let watched = WitnessedLog(origin: SampleLog.origin, verifiers: [try log.signer.verifier])
        var old = 0
        for size in stride(from: 10, through: 120, by: 10) {
            let proof = try ConsistencyProof(from: UInt64(old), to: UInt64(size), tiles: log.tiles).hashes
            let request = try AddCheckpointRequest(oldSize: UInt64(old), proof: proof, checkpoint: log.checkpoint(size))
            guard case .cosign(let checkpoint, let witnessed) = AddCheckpointOutcome.decide(request, log: watched, state: state.witnessed)
            else {
                Issue.record("an honest checkpoint was refused")
                return
            }
            state.expect(checkpoint)
            #expect(state.witnessed == witnessed && state.mirrored == nil && state.nextEntry == 0)
            old = size
        }
        #expect(state.pending.map(\.checkpoint.size) == [50, 60, 70, 80, 90, 100, 110, 120])
        let fork = try SignedCheckpoint(Checkpoint(origin: SampleLog.origin, size: 120, root: .zero), signers: [log.signer])
        let forked = try AddCheckpointRequest(oldSize: 120, proof: [], checkpoint: fork)
        #expect(AddCheckpointOutcome.decide(forked, log: watched, state: state.witnessed).status == 422)
    }

    @Test("Whatever clients send in whatever order, a mirror holds a beginning of the log and vouches for no more than it holds")
    func anyOrder() throws {
        var random = SeededGenerator.fresh()
        for _ in 0..<40 {
            var mirror = Mirror()
            var newest = 0
            for _ in 0..<25 {
                if Int.random(in: 0..<3, using: &random) == 0 || newest == 0 {
                    newest = Int.random(in: max(1, newest)...MirrorTests.size, using: &random)
                    mirror.state.expect(try log.checkpoint(newest))
                }
                let end = mirror.state.pending.randomElement(using: &random).map { Int($0.checkpoint.size) } ?? newest
                let start = Int.random(in: 0...min(end, Int(mirror.state.nextEntry) + 5), using: &random)
                _ = try mirror.upload(request(start..<end, limit: Int.random(in: 0...4, using: &random)))
                #expect(mirror.leaves == Array(log.leaves[..<Int(mirror.state.nextEntry)]), "seed \(random.seed)")
                #expect(mirror.state.mirroredSize <= mirror.state.nextEntry, "seed \(random.seed)")
                if let mirrored = mirror.state.mirrored {
                    #expect(try mirrored.checkpoint.root == log.root(Int(mirrored.checkpoint.size)))
                }
            }
        }
    }

    @Test("Two uploads side by side: the slower one does not turn the checkpoint back")
    func sideBySide() throws {
        var mirror = try expecting(300, 900)
        let slow = try request(0..<300)
        var upload = try ready(slow.header, mirror.state)
        #expect(try mirror.upload(request(0..<900)).status == 200)
        for package in slow.packages { mirror.state.keep(try upload.take(package, leavesBefore: []).entries) }
        #expect(upload.finish(&mirror.state) == .conflict(MirrorInfo(size: 900, nextEntry: 900)))
        #expect(mirror.state.mirrored == (try log.checkpoint(900)))
    }

    private func ready(_ header: AddEntriesHeader, _ state: MirrorState) throws -> MirrorUpload {
        guard case .ready(let upload) = MirrorUpload.begin(header, state: state) else { throw AddEntriesError.badRange }
        return upload
    }

    @Test("A request of more packages than 32 or than are asked for, or of others, is not made")
    func notMade() throws {
        let empty = EntryPackage(entries: Array(repeating: [], count: 256), proof: [])
        let header = try AddEntriesHeader(origin: "o", entries: 0..<10_000)
        #expect(throws: AddEntriesError.tooManyPackages(33)) {
            try AddEntriesRequest(header, packages: Array(repeating: empty, count: 33))
        }
        let most = try AddEntriesRequest(header, packages: Array(repeating: empty, count: 32))
        // A body of more is read up to the most; the client is told where to go on.
        let (read, leftOver) = try AddEntriesRequest.parse(most.bytes + [0, 0, 0])
        #expect(read == most && leftOver == 3)
        let short = try AddEntriesHeader(origin: "o", entries: 0..<256)
        #expect(throws: AddEntriesError.tooManyPackages(2)) { try AddEntriesRequest(short, packages: [empty, empty]) }
        let proof = EntryPackage(entries: empty.entries, proof: Array(repeating: .zero, count: 64))
        #expect(throws: AddEntriesError.tooManyHashes(package: 0)) { try AddEntriesRequest(short, packages: [proof]) }
        let long = EntryPackage(entries: [Array(repeating: 0, count: 65_536)], proof: [])
        let one = try AddEntriesHeader(origin: "o", entries: 0..<1)
        #expect(throws: AddEntriesError.entryTooLong(package: 0, length: 65_536)) { try AddEntriesRequest(one, packages: [long]) }
        for origin in ["", "a\nb", String(repeating: "o", count: 65_536)] {
            #expect(throws: AddEntriesError.badOrigin) { try AddEntriesHeader(origin: origin, entries: 0..<1) }
        }
        #expect(throws: AddEntriesError.ticketTooLong(65_536)) {
            try AddEntriesHeader(origin: "o", entries: 0..<1, ticket: Array(repeating: 0, count: 65_536))
        }
    }

    @Test("A malformed body is refused with the reason")
    func malformed() throws {
        let range: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0, 0, 0, 0, 1]
        let cases: [([UInt8], AddEntriesError)] = [
            ([], .endsEarly), ([0, 1, 0x6f], .endsEarly), ([0, 0] + range + [0, 0], .badOrigin),
            ([0, 1, 0xff] + range + [0, 0], .badOrigin),
            ([0, 1, 0x0a] + range + [0, 0], .badOrigin), ([0, 1, 0x6f] + range.reversed() + [0, 0], .badRange),
            ([0, 1, 0x6f] + [0, 0, 0, 0, 0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 0, 0] + [0, 0], .badRange),
            ([0, 1, 0x6f] + range + [0, 1], .endsEarly), ([0, 1, 0x6f] + range + [0, 0] + [0, 0, 64], .tooManyHashes(package: 0)),
        ]
        for (bytes, error) in cases { #expect(throws: error, "\(bytes)") { try AddEntriesRequest.parse(bytes) } }
    }

    @Test("The mirror's information reads back, and nothing else does")
    func information() {
        for info in [
            MirrorInfo(size: 0, nextEntry: 0), MirrorInfo(size: 1 << 63 - 1, nextEntry: 5, ticket: [1, 2, 3]),
            MirrorInfo(size: 9, nextEntry: 8, ticket: Array(repeating: 1, count: 65_535)),
        ] {
            #expect(MirrorInfo(parsing: Array(info.text.utf8)) == info)
        }
        for text in [
            "", "1\n2\n", "1\n2\n\n\n", "01\n2\n\n", "1\n-2\n\n", "1\n2\n=\n", "1\n2\nAQI\n", "1 \n2\n\n", "9223372036854775808\n0\n\n",
            "1\n2",
        ] {
            #expect(MirrorInfo(parsing: Array(text.utf8)) == nil, "\(text)")
        }
    }
}
