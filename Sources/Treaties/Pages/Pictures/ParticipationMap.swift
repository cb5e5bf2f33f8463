import Acts
import Web

/// Who takes part, one tile for each actor, grouped by regional group: the shape of a treaty's reach at a glance.
struct ParticipationMap {
    struct Tile {
        enum Standing: String {
            case party
            case contracting
            case signatory
            case ended
            case none
        }

        var code: ActorCode
        /// Two or three letters that fit a tile.
        var short: String
        var name: String
        var standing: Standing
        /// "France: Party since 4 November 2016".
        var description: String
    }

    struct Region {
        var name: String
        /// "42 of 54".
        var summary: String
        var tiles: [Tile]
    }

    var title: String
    var description: String
    var regions: [Region]

    private static let columns = 16
    private static let size = 28

    /// The picture as an `svg` element; every tile carries its words.
    func markup() -> String {
        var body = ""
        var top = 0
        for region in regions where !region.tiles.isEmpty {
            body += "<text class=\"region\" x=\"0\" y=\"\(top + 16)\">\(Markup(text: region.name).html)"
            body += "<tspan class=\"region-count\" dx=\"8\">\(Markup(text: region.summary).html)</tspan></text>"
            top += 24
            for (index, tile) in region.tiles.enumerated() {
                let x = index % Self.columns * (Self.size + 2)
                let y = top + index / Self.columns * (Self.size + 2)
                // The place within the tile is the style sheet's, so that two hundred tiles weigh little.
                body += "<g class=\"tile \(tile.standing.rawValue)\" transform=\"translate(\(x) \(y))\">"
                body += "<title>\(Markup(text: tile.description).html)</title>"
                body += "<rect width=\"28\" height=\"28\"/><text>\(Markup(text: tile.short).html)</text></g>"
            }
            let rows = (region.tiles.count + Self.columns - 1) / Self.columns
            top += rows * (Self.size + 2) + 10
        }
        let width = Self.columns * (Self.size + 2)
        return """
            <svg class="picture tiles" viewBox="0 0 \(width) \(max(top, 1))" role="img" aria-labelledby="map-title map-description" direction="ltr">\
            <title id="map-title">\(Markup(text: title).html)</title><desc id="map-description">\(Markup(text: description).html)</desc>\
            \(body)</svg>
            """
    }
}
