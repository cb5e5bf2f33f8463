import Acts

/// What changed with a campaign, before and after: how often others say its phrases, how many servers have its statements, how many
/// visitor-days there were in its languages. Texts, servers and days are counted, never people.
struct CampaignMeasures: Sendable {
    /// `nil`: no followed node has said anything since it began.
    let uptake: MessageUptake?
    /// Servers that confirmed its statements, rounded to tens; `nil`: fewer than ten.
    let deliveries: Int64?
    /// By language of the audience; languages of which no day was counted are left out.
    let visitors: [(language: String, change: MeanChange)]

    /// - Parameters:
    ///   - others: what followed nodes said, when.
    ///   - texts: the paragraphs of the campaign's statements, by language: placebos are taken from them.
    ///   - confirmed: servers that confirmed each statement.
    init(
        of campaign: CampaignFile, on today: CalendarDate, others: [(at: Moment, text: String)], texts: [String: String],
        days: [VisitorsCounted], confirmed: [Int]
    ) {
        let count = confirmed.reduce(0, +)
        deliveries = count < 10 ? nil : Int64((count + 5) / 10 * 10)
        guard let (before, after) = campaign.windows(on: today) else {
            (uptake, visitors) = (nil, [])
            return
        }
        let phrases = campaign.act.messages.sorted { $0.key < $1.key }.flatMap(\.value)
        let placebos = campaign.act.messages.sorted { $0.key < $1.key }.flatMap { tag, own -> [String] in
            let text = texts[tag] ?? (tag == campaign.act.language ? campaign.act.goal : "")
            return own.compactMap { MessageUptake.placebo(for: $0, in: text, avoiding: phrases) }
        }
        let since = others.filter { after.contains($0.at.date) }.map(\.text)
        uptake =
            since.isEmpty || phrases.isEmpty
            ? nil
            : MessageUptake(
                phrases: phrases, placebos: placebos, after: since, before: others.filter { before.contains($0.at.date) }.map(\.text))
        visitors = campaign.act.messages.keys.sorted().compactMap { language in
            // Fewer than ten are not told apart from none.
            func counts(_ range: ClosedRange<CalendarDate>) -> [Double] {
                days.filter { range.contains($0.day) }.map { Double($0.languages[language] ?? 0) }
            }
            let change = MeanChange(before: counts(before), after: counts(after))
            return change.daysBefore + change.daysAfter == 0 ? nil : (language, change)
        }
    }

    // MARK: For programs, and for the act that closes a campaign

    private static func thousandths(_ value: Double) -> JSON { .integer(Int64((value * 1_000).rounded())) }

    var json: [JSON] {
        var measures: [JSON] = []
        if let uptake {
            func counted(_ share: ProportionInterval) -> JSON { ["hits": .integer(Int64(share.hits)), "of": .integer(Int64(share.of))] }
            let gain = uptake.gain
            measures.append([
                "measure": "uptake", "phrase": counted(uptake.phrase), "before": counted(uptake.before), "placebo": counted(uptake.placebo),
                "gainThousandths": Self.thousandths(gain.difference), "lowThousandths": Self.thousandths(gain.low),
                "highThousandths": Self.thousandths(gain.high),
            ])
        }
        var delivered: JSONObject = ["measure": "deliveries"]
        delivered["confirmed"] = deliveries.map(JSON.integer)
        measures.append(.object(delivered))
        for (language, change) in visitors {
            var object: JSONObject = [
                "measure": "visitors", "language": .string(language), "beforeThousandths": Self.thousandths(change.before),
                "afterThousandths": Self.thousandths(change.after), "daysBefore": .integer(Int64(change.daysBefore)),
                "daysAfter": .integer(Int64(change.daysAfter)),
            ]
            object["lowThousandths"] = change.interval.map { Self.thousandths($0.low) }
            object["highThousandths"] = change.interval.map { Self.thousandths($0.high) }
            measures.append(.object(object))
        }
        return measures
    }
}
