/// Which page a picture is for.
package enum Theme: String, Sendable, CaseIterable {
  /// Light or dark as the viewer's system prefers.
  case automatic
  /// Dark lines on white.
  case light
  /// Light lines on near black.
  case dark
}

extension Figure {
  /// How wide and high the picture is. [px]
  package var size: (width: Int, height: Int) {
    let layout = FigureLayout(self)
    return (Int(layout.width), Int(layout.height))
  }

  /// The figure as an SVG file, which needs no other file.
  package func svg(theme: Theme = .automatic) -> String {
    let layout = FigureLayout(self)
    var svg = SVGText()
    let (width, height) = (svg.number(layout.width), svg.number(layout.height))
    svg.raw(
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" "#
        + #"viewBox="0 0 \#(width) \#(height)">"#)
    svg.raw("<title>\(svg.escaped(title))</title>")
    svg.raw("<style>\n\(styleSheet(theme))\n</style>")
    svg.raw(#"<rect class="page" width="100%" height="100%"/>"#)
    svg.label(title, at: PagePoint(layout.margin, 32), class: "title")
    if !subtitle.isEmpty {
      svg.label(subtitle, at: PagePoint(layout.margin, 52), class: "subtitle")
    }
    layout.drawLegend(of: self, into: &svg)
    for (index, panel) in panels.enumerated() {
      let frame = layout.frame(ofPanel: index)
      switch panel.content {
      case .plane(let lines): PlaneDrawing(panel, lines, in: frame).draw(into: &svg)
      case .space(let paths): SpaceDrawing(panel, paths, in: frame).draw(into: &svg)
      }
    }
    svg.raw("</svg>")
    return svg.text
  }

  private func styleSheet(_ theme: Theme) -> String {
    let entries = Palette(count: names.count).entries
    func colors(_ colors: [String], page: String, ink: String, faint: String) -> String {
      let lines = colors.enumerated().map { ".c\($0){stroke:\($1)}.f\($0){fill:\($1)}" }
      return ".page{fill:\(page)}text{fill:\(ink)}.subtitle,.mark{fill:\(ink);opacity:.7}"
        + ".grid{stroke:\(faint)}.key{stroke:\(ink)}" + lines.joined()
    }
    let light = colors(entries.map(\.light), page: "#ffffff", ink: "#1b1f24", faint: "#e3e6ea")
    let dark = colors(entries.map(\.dark), page: "#14171c", ink: "#e8eaed", faint: "#2d333c")
    let shape = """
      text{font:12px system-ui,sans-serif}.title{font-size:20px;font-weight:600}
      .name{font-weight:600}.mark{font-size:11px}.right{text-anchor:end}.middle{text-anchor:middle}
      path{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
      .dash{stroke-width:1.3;stroke-dasharray:4 4;opacity:.75;stroke-linecap:butt}
      .grid{stroke-width:1}.key{stroke-width:1.5;stroke-dasharray:4 4}
      """
    switch theme {
    case .light: return shape + "\n" + light
    case .dark: return shape + "\n" + dark
    case .automatic:
      return shape + "\n" + light + "\n@media(prefers-color-scheme:dark){\(dark)}"
    }
  }
}

/// The part of a page that is a graph's. [px]
struct PanelFrame {
  var left, top, width, height: Double
}

/// Where things stand on a page. [px]
struct FigureLayout {
  let margin = 24.0
  let columns: Int
  let rows: Int
  let legendRows: Int
  private let cell = (width: 400.0, height: 210.0)
  private let namesPerRow: Int

  init(_ figure: Figure) {
    columns = min(max(1, figure.columns), max(1, figure.panels.count))
    rows = (figure.panels.count + columns - 1) / columns
    let longest = figure.names.map(\.count).max() ?? 0
    let keyWidth = 30 + 7.5 * Double(longest)
    namesPerRow = max(1, Int((Double(columns) * 400) / keyWidth))
    let keys = figure.names.count + (figure.dashedName.isEmpty ? 0 : 2)
    legendRows = (keys + namesPerRow - 1) / namesPerRow
  }

  private var top: Double { 74 + 18 * Double(legendRows) }
  var width: Double { 2 * margin + Double(columns) * cell.width }
  var height: Double { top + Double(rows) * cell.height + margin }

  func frame(ofPanel index: Int) -> PanelFrame {
    PanelFrame(
      left: margin + Double(index % columns) * cell.width,
      top: top + Double(index / columns) * cell.height, width: cell.width, height: cell.height)
  }

  /// Draws what each colour stands for, and what dashes do.
  func drawLegend(of figure: Figure, into svg: inout SVGText) {
    let keyWidth = Double(columns) * cell.width / Double(namesPerRow)
    func place(_ index: Int) -> PagePoint {
      PagePoint(
        margin + Double(index % namesPerRow) * keyWidth, 74 + 18 * Double(index / namesPerRow))
    }
    for (index, name) in figure.names.enumerated() {
      let p = place(index)
      svg.raw(
        #"<rect class="f\#(index)" x="\#(svg.number(p.x))" y="\#(svg.number(p.y - 6))" "#
          + #"width="16" height="4" rx="2"/>"#)
      svg.label(name, at: PagePoint(p.x + 22, p.y), class: "mark")
    }
    guard !figure.dashedName.isEmpty else { return }
    let p = place(figure.names.count)
    svg.segment(PagePoint(p.x, p.y - 4), PagePoint(p.x + 16, p.y - 4), class: "key")
    svg.label(figure.dashedName, at: PagePoint(p.x + 22, p.y), class: "mark")
  }
}
