import Ledger
import TestSupport
import Testing

@Suite("Tiles")
struct TileTests {
    @Test(
        "Paths are those of C2SP tlog-tiles",
        arguments: [
            (0, 0, 256, "tile/0/000"), (0, 1_234_067, 256, "tile/0/x001/x234/067"), (1, 999, 17, "tile/1/999.p/17"),
            (2, 1_000, 1, "tile/2/x001/000.p/1"), (63, 5, 255, "tile/63/005.p/255"),
        ] as [(Int, UInt64, Int, String)])
    func paths(level: Int, index: UInt64, width: Int, path: String) throws {
        let coordinate = try #require(TileCoordinate(level: level, index: index, width: width))
        #expect(coordinate.path == path)
        #expect(TileCoordinate(path: path) == coordinate)
        let bundle = try #require(EntryBundleCoordinate(index: index, width: width))
        #expect(bundle.path == "tile/entries/" + path.drop { $0 != "/" }.dropFirst().drop { $0 != "/" }.dropFirst())
        #expect(EntryBundleCoordinate(path: bundle.path) == bundle)
        #expect(TileCoordinate(path: bundle.path) == nil)
        #expect(EntryBundleCoordinate(path: path) == nil)
    }

    @Test(
        "A path has one spelling only",
        arguments: [
            "", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/-1/000",
            "tile/0/x000/001", "tile/0/001/002", "tile/0/x001", "tile/0/x001/x002", "tile/0/000.p/0", "tile/0/000.p/256",
            "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p", "tile/0/000.", "/tile/0/000", "tile/0/000/", "tile//000",
            "tile/0/../000", "tile/0/0٠0", "tile/0/000.p/1/", "tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/X001/000",
        ])
    func otherSpellings(path: String) {
        #expect(TileCoordinate(path: path) == nil)
        #expect(EntryBundleCoordinate(path: path.replacing("tile/0/", with: "tile/entries/")) == nil)
    }

    @Test("A tree of 70,000 ends with the tiles the specification names")
    func specificationExample() {
        #expect(TileCoordinate.extent(level: 0, size: 70_000) == (273, 112))
        #expect(TileCoordinate.extent(level: 1, size: 70_000) == (1, 17))
        #expect(TileCoordinate.extent(level: 2, size: 70_000) == (0, 1))
        #expect(
            TileCoordinate.rightEdge(size: 70_000).map(\.path) == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"])
        #expect(TileCoordinate.rightEdge(size: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        #expect(TileCoordinate.rightEdge(size: 0).isEmpty)
    }

    @Test("Coordinates outside the format do not exist")
    func badCoordinates() {
        #expect(TileCoordinate(level: 64, index: 0) == nil)
        #expect(TileCoordinate(level: -1, index: 0) == nil)
        #expect(TileCoordinate(level: 0, index: 0, width: 0) == nil)
        #expect(TileCoordinate(level: 0, index: 0, width: 257) == nil)
        #expect(TileCoordinate(level: 0, index: .max) == nil)
        #expect(EntryBundleCoordinate(index: .max) == nil)
    }

    @Test("Every batch reports exactly the tiles it changed, whole, and each hash is the one the format defines")
    func changedTiles() throws {
        var random = SeededGenerator.fresh()
        let size = 66_100
        let leaves = try SampleLog(size: size).leaves
        let levels = (0...2).map { level in (0..<(size >> (8 * level))).map { ($0 << (8 * level))..<(($0 + 1) << (8 * level)) } }
        let nodes = levels.map { spans in spans.map { Hash.root(over: leaves[$0]) } }
        var tree = TiledTree()
        while tree.size < size {
            let start = Int(tree.size)
            let most = Bool.random(using: &random) ? 20 : 9_000
            let end = min(start + Int.random(in: 1...most, using: &random), size)
            let changed = tree.append(Array(leaves[start..<end]))
            var expected: [Tile] = []
            for level in 0...2 {
                let (from, to) = (start >> (8 * level), end >> (8 * level))
                guard to > from else { continue }
                for index in (from / 256)...((to - 1) / 256) {
                    let hashes = Array(nodes[level][(index * 256)..<min(index * 256 + 256, to)])
                    let place = try #require(TileCoordinate(level: level, index: UInt64(index), width: hashes.count))
                    expected.append(try #require(Tile(place, hashes: hashes)))
                }
            }
            #expect(changed == expected, "batch \(start)..<\(end), seed \(random.seed)")
        }
        #expect(tree.partialTiles.map(\.coordinate.path) == ["tile/0/258.p/52", "tile/1/001.p/2", "tile/2/000.p/1"])
    }

    @Test("Leaf by leaf, a tree hands over each tile once, when it is full")
    func filledTiles() throws {
        let log = try SampleLog(size: 1_030)
        var tree = TiledTree()
        var filled: [Tile] = []
        for leaf in log.leaves { tree.append(leaf) { filled.append($0) } }
        #expect(tree == log.tree)
        #expect(filled.map(\.coordinate.path) == ["tile/0/000", "tile/0/001", "tile/0/002", "tile/0/003"])
        for tile in filled { #expect(try log.tiles.hashes(of: tile.coordinate) == tile.hashes) }
    }

    @Test("A tree resumes at every size from 0 to 1,030 and at 65,536 and 65,537, and refuses another root or missing tiles")
    func resuming() throws {
        let log = try SampleLog(size: 65_537)
        for size in Array(0...1_030) + [65_535, 65_536, 65_537] {
            var expected = TiledTree()
            _ = expected.append(Array(log.leaves.prefix(size)))
            let resumed = try TiledTree(size: UInt64(size), tiles: log.tiles, root: expected.root)
            #expect(resumed == expected, "size \(size)")
        }
        let other = Hash.leaf([1])
        #expect(throws: TreeError.wrongRoot(size: 300, expected: other, found: try log.root(300))) {
            try TiledTree(size: 300, tiles: log.tiles, root: other)
        }
        #expect(throws: TreeError.self) { try TiledTree(size: 70_000, tiles: log.tiles) }
        #expect(throws: TreeError.sizeTooLarge(.max)) { try TiledTree(size: .max, tiles: log.tiles) }
    }

    @Test("A tile's bytes read back; other lengths are refused")
    func tileBytes() throws {
        let log = try SampleLog(size: 300)
        let place = try #require(TileCoordinate(level: 0, index: 1, width: 44))
        let tile = try #require(Tile(place, hashes: try log.tiles.hashes(of: place)))
        #expect(tile.bytes.count == 44 * 32)
        #expect(Tile(place, bytes: tile.bytes) == tile)
        #expect(Tile(place, bytes: tile.bytes.dropLast()) == nil)
        #expect(Tile(place, bytes: tile.bytes + tile.bytes) == nil)
    }
}
