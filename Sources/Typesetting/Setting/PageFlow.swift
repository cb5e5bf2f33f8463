/// Fills pages with strips, one after the other, and gives each page away when it is full: at most a page and a strip are held.
struct PageFlow {
    /// A page of one section: strips with their distance from the top of the text.
    struct Page {
        let section: PrintedSection
        let geometry: PageGeometry
        /// From 1.
        let number: Int
        let boxes: [(box: PageBox, top: Double)]
    }

    /// How many pages are full.
    private(set) var pages = 0
    private let limits: TypesettingLimits
    private var section: PrintedSection?
    private var geometry: PageGeometry?
    private var waiting: [PageBox] = []

    init(limits: TypesettingLimits) { self.limits = limits }

    mutating func begin(_ section: PrintedSection, _ geometry: PageGeometry) {
        self.section = section
        self.geometry = geometry
    }

    /// - Parameter emit: takes a page that is full.
    mutating func add(_ box: PageBox, emit: (Page) throws(TypesettingError) -> Void) throws(TypesettingError) {
        guard let geometry else { return }
        if box.beginsPage {
            if !waiting.isEmpty { try emit(page(of: waiting)) }
            waiting = []
            return
        }
        waiting.append(box)
        while waiting.count > 1, height(of: waiting) > geometry.height {
            let cut = lastBreak()
            let rest = Array(waiting[cut...])
            try emit(page(of: Array(waiting[..<cut])))
            // The head of a table is set again over its rows, unless the page would hold nothing else.
            let head = rest.first?.head ?? []
            waiting = head.isEmpty || height(of: head) > geometry.height / 3 ? rest : head + rest
        }
    }

    /// Ends a section.
    mutating func end(emit: (Page) throws(TypesettingError) -> Void) throws(TypesettingError) {
        if !waiting.isEmpty { try emit(page(of: waiting)) }
        waiting = []
    }

    /// Where the page ends: the last strip that may begin the next one, or the very last where none may.
    private func lastBreak() -> Int {
        for index in stride(from: waiting.count - 1, to: 0, by: -1)
        where waiting[index].mayBeginPage && !waiting[index - 1].holdsNext {
            return index
        }
        return waiting.count - 1
    }

    private func height(of boxes: [PageBox]) -> Double {
        boxes.enumerated().reduce(0) { $0 + $1.element.height + ($1.offset == 0 ? 0 : $1.element.spaceBefore) }
    }

    private mutating func page(of boxes: [PageBox]) throws(TypesettingError) -> Page {
        guard let section, let geometry, pages < limits.pages else { throw .tooManyPages(limit: limits.pages) }
        pages += 1
        var top = 0.0
        var placed: [(box: PageBox, top: Double)] = []
        for (index, box) in boxes.enumerated() {
            if index > 0 { top += box.spaceBefore }
            placed.append((box, top))
            top += box.height
        }
        return Page(section: section, geometry: geometry, number: pages, boxes: placed)
    }
}
