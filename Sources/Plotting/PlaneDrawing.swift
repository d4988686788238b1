/// A graph of lines over two axes, on its part of a page.
struct PlaneDrawing {
  private let panel: Panel
  private let lines: [Line]
  private let left, right, top, bottom: Double
  private let horizontal: AxisScale
  private let vertical: AxisScale

  init(_ panel: Panel, _ lines: [Line], in frame: PanelFrame) {
    (self.panel, self.lines) = (panel, lines)
    (left, right) = (frame.left + 56, frame.left + frame.width - 18)
    (top, bottom) = (frame.top + 26, frame.top + frame.height - 40)
    horizontal = AxisScale(holding: lines.map(\.x), marks: 8, padding: 0)
    vertical = AxisScale(holding: lines.map(\.y), marks: 7, padding: 0.06)
  }

  func draw(into svg: inout SVGText) {
    svg.label(panel.title, at: PagePoint(left, top - 9), class: "name")
    for mark in horizontal.marks {
      let x = place(mark, vertical.low).x
      svg.segment(PagePoint(x, top), PagePoint(x, bottom), class: "grid")
      svg.label(horizontal.label(mark), at: PagePoint(x, bottom + 14), class: "mark middle")
    }
    for mark in vertical.marks {
      let y = place(horizontal.low, mark).y
      svg.segment(PagePoint(left, y), PagePoint(right, y), class: "grid")
      svg.label(vertical.label(mark), at: PagePoint(left - 6, y + 4), class: "mark right")
    }
    svg.label(
      panel.horizontal, at: PagePoint((left + right) / 2, bottom + 29), class: "mark middle")
    if lines.allSatisfy({ $0.x.isEmpty }) {
      let middle = PagePoint((left + right) / 2, (top + bottom) / 2)
      svg.label("no data", at: middle, class: "mark middle")
    }
    // References lie below the lines that should cover them.
    for line in lines where line.isDashed { draw(line, into: &svg) }
    for line in lines where !line.isDashed { draw(line, into: &svg) }
  }

  private func draw(_ line: Line, into svg: inout SVGText) {
    // The finest detail of many lines cannot be seen, and the file would grow with it.
    let column = min(max(0.5, 0.04 * Double(lines.count)), 3)
    let stretches = visibleStretches(count: line.x.count, column: column) { index in
      let (x, y) = (line.x[index], line.y[index])
      guard AxisScale.isDrawable(x), AxisScale.isDrawable(y) else { return nil }
      return place(x, y)
    }
    svg.path(stretches, class: "c\(line.color)" + (line.isDashed ? " dash" : ""))
  }

  private func place(_ x: Double, _ y: Double) -> PagePoint {
    PagePoint(
      left + horizontal.share(of: x) * (right - left),
      bottom - vertical.share(of: y) * (bottom - top))
  }
}
