import Configuration
import Testing

struct ChoiceTests {
  private enum Reference: Equatable {
    case hover
    case circle(radius: Double)
    case replay(String)
  }

  private static let references: [Choice<Reference>] = [
    Choice("hover") { $0.mapping { _ in .hover } },
    Choice("circle") { $0.mapping { .circle(radius: $0.number("radius", default: 1)) } },
    Choice("replay") { $0.string(expected: "a file").map(Reference.replay) },
  ]

  @Test(
    "is a word, or a mapping with one key",
    arguments: [
      ("hover", .hover), ("circle", .circle(radius: 1)), ("{hover: }", .hover),
      ("{circle: {radius: 2}}", .circle(radius: 2)), ("{replay: a.csv}", .replay("a.csv")),
    ] as [(String, Reference)])
  private func isAWordOrAMapping(yaml: String, reference: Reference) throws {
    #expect(try read("r: \(yaml)") { $0.choice("r", among: Self.references) } == reference)
  }

  @Test("has a default, which does not hide a mistake")
  func hasADefault() throws {
    #expect(
      try read("{}") { $0.choice("r", default: .hover, among: Self.references) } == .hover)
    let lines = complaints(about: "r: hovver") {
      _ = $0.choice("r", default: .hover, among: Self.references)
    }
    #expect(lines.hasSuffix("did you mean \"hover\"?"))
  }

  @Test(
    "is exactly one",
    arguments: [
      (
        "{hover: {}, circle: {}}",
        "r: has hover and circle; expected only one of them"
      ),
      ("{}", "r: has no key that says what it is; expected one of hover, circle, replay"),
      ("{circel: {}}", "r.circel: unknown key; did you mean \"circle\"?"),
      ("[hover]", "r: a list of 1 is not a choice; expected one of hover, circle, replay"),
      ("", "r: has no value; expected one of hover, circle, replay"),
      ("replay", "r.replay: has no value; expected a file"),
      ("{circle: 3}", "r.circle: 3 is not a mapping; expected keys and values"),
      (
        "{circle: {radius: x, radios: 1}}",
        "r.circle.radius: x is not a number; expected a number\n"
          + "s.yaml:1: r.circle.radios: unknown key; expected radius"
      ),
    ])
  func isExactlyOne(yaml: String, complaint: String) {
    let lines = complaints(about: "r: \(yaml)") { _ = $0.choice("r", among: Self.references) }
    #expect(lines == "s.yaml:1: \(complaint)")
  }

  @Test("may be missing")
  func mayBeMissing() {
    let lines = complaints(about: "{}") { _ = $0.choice("r", among: Self.references) }
    #expect(lines == "s.yaml:1: r: is missing; expected one of hover, circle, replay")
  }

  @Test("may stand beside other keys")
  func mayStandBesideOtherKeys() throws {
    let shapes = [Choice("box") { $0.number() }, Choice("sphere") { $0.number().map { -$0 } }]
    let schema = { (map: inout MappingReader) in
      (map.choice(among: shapes), map.number("mass", default: 0))
    }
    #expect(try read("{mass: 3, sphere: 2}", schema) == (-2, 3))
    #expect(
      complaints(about: "{mass: 3}") { _ = schema(&$0) }
        == "s.yaml:1: has no key that says what it is; expected one of box, sphere")
    #expect(
      complaints(about: "{mass: 3, spere: 2}") { _ = schema(&$0) }
        == "s.yaml:1: spere: unknown key; did you mean \"sphere\"?")
  }
}
