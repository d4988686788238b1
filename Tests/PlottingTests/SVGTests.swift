import Foundation
import Plotting
import Testing

/// What a figure says as SVG.
@Suite struct SVGTests {
  private func figure(_ lines: [Line], names: [String] = ["drone 0"]) -> Figure {
    Figure(title: "f", names: names, panels: [Panel("z [m]", against: "t [s]", lines: lines)])
  }

  /// The places that the drawn lines go through, stretch by stretch.
  private func stretches(_ svg: String) -> [[(x: Double, y: Double)]] {
    svg.matches(of: /<path [^>]*d="([^"]*)"/).flatMap { match in
      match.1.split(separator: "M").map { stretch in
        stretch.split(separator: "L").map { pair in
          let numbers = pair.replacing("h0", with: "").split(separator: " ").compactMap {
            Double($0)
          }
          return (numbers[0], numbers[1])
        }
      }
    }
  }

  @Test func whatIsLaterIsFurtherRightAndWhatIsHigherIsFurtherUp() throws {
    let line = Line(x: [0, 1, 2], y: [0, 3, 1], color: 0)
    let points = try #require(stretches(figure([line]).svg()).first)
    #expect(points.count == 3)
    #expect(points[0].x < points[1].x && points[1].x < points[2].x)
    #expect(points[1].y < points[2].y && points[2].y < points[0].y)
    // Heights keep their ratios: two thirds of the way down from 3 lies 1.
    let share = (points[2].y - points[1].y) / (points[0].y - points[1].y)
    #expect(abs(share - 2.0 / 3) < 0.01)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 1e308])
  func aGapBreaksTheLine(_ gap: Double) {
    let line = Line(x: [0, 1, 2, 3, 4], y: [0, 1, gap, 1, 0], color: 0)
    let svg = figure([line]).svg()
    #expect(stretches(svg).map(\.count) == [2, 2])
    #expect(!svg.lowercased().contains("nan\"") && !svg.contains("inf"))
  }

  @Test func aSinglePointIsADot() {
    let svg = figure([Line(x: [1], y: [2], color: 0)]).svg()
    #expect(svg.contains("h0\""))
  }

  @Test func noDataIsSaidSo() {
    #expect(figure([]).svg().contains("no data"))
    #expect(figure([Line(x: [], y: [], color: 0)]).svg().contains("no data"))
  }

  @Test func aMillionPointsBecomeThousandsAndKeepTheirExtremes() throws {
    let x = (0..<1_000_000).map { Double($0) * 1e-3 }
    var y = x.map { sin($0) }
    y[777_777] = 5
    let svg = figure([Line(x: x, y: y, color: 0)]).svg()
    let points = try #require(stretches(svg).first)
    #expect(points.count < 5000)
    let spike = try #require(points.min { $0.y < $1.y })
    let width = try #require(points.last).x - points[0].x
    #expect(abs((spike.x - points[0].x) / width - 0.7778) < 0.002)
  }

  @Test func namesCannotBecomeMarkup() throws {
    var figure = figure([], names: ["<script>&\"\u{1}"])
    figure.title = "</svg>"
    let svg = figure.svg()
    #expect(svg.contains("&lt;script&gt;&amp;&quot;\u{FFFD}") && !svg.contains("<script>"))
    let parser = XMLChecker()
    #expect(parser.isWellFormed(svg))
  }

  @Test(arguments: Theme.allCases) func thePageFollowsTheTheme(_ theme: Theme) {
    let svg = figure([]).svg(theme: theme)
    #expect(svg.contains("#ffffff") == (theme != .dark))
    #expect(svg.contains("#14171c") == (theme != .light))
    #expect(svg.contains("prefers-color-scheme") == (theme == .automatic))
  }

  @Test(arguments: [1, 7, 8, 30]) func everyDroneHasAColorOfItsOwn(_ count: Int) {
    let entries = Palette(count: count).entries
    #expect(Set(entries.map(\.light)).count == count && Set(entries.map(\.dark)).count == count)
    #expect(entries.allSatisfy { $0.light.wholeMatch(of: /#[0-9a-f]{6}/) != nil })
  }

  @Test func theLegendNamesAllOfThirty() {
    let names = (0..<30).map { "drone \($0)" }
    let svg = figure([], names: names).svg()
    #expect(names.allSatisfy { svg.contains(">\($0)</text>") })
  }

  @Test func aPathThatClimbsGoesUpAndOneEastwardsGoesRight() throws {
    let up = Path(x: [0, 0], y: [0, 0], z: [0, 1], color: 0)
    let east = Path(x: [0, 1], y: [0, 0], z: [0, 0], color: 0)
    let figure = Figure(title: "", names: ["a"], panels: [Panel("path", paths: [up, east])])
    let lines = stretches(figure.svg())
    #expect(lines[0][1].y < lines[0][0].y && abs(lines[0][1].x - lines[0][0].x) < 0.2)
    #expect(lines[1][1].x > lines[1][0].x)
  }
}

/// Whether a text is XML.
private struct XMLChecker {
  func isWellFormed(_ text: String) -> Bool {
    var open: [Substring] = []
    for match in text.matches(of: /<(\/?)([a-z]+)[^<>]*?(\/?)>/) {
      if !match.1.isEmpty {
        guard open.popLast() == match.2 else { return false }
      } else if match.3.isEmpty {
        open.append(match.2)
      }
    }
    return open.isEmpty
  }
}
