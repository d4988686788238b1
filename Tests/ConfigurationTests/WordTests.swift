import Configuration
import Testing

struct WordTests {
  private enum Preset: String, CaseIterable { case accurate, gpd }

  @Test("name the cases of an enumeration")
  func nameTheCases() throws {
    #expect(try read("p: gpd") { $0.word("p", default: Preset.accurate) } == .gpd)
    #expect(try read("p: 'gpd'") { $0.word("p", default: Preset.accurate) } == .gpd)
    #expect(try read("{}") { $0.word("p", default: Preset.accurate) } == .accurate)
  }

  @Test(
    "that name nothing are reported with the nearest that does",
    arguments: [
      ("acurate", "acurate is unknown; expected one of accurate, gpd; did you mean \"accurate\"?"),
      ("GPD", "GPD is unknown; expected one of accurate, gpd; did you mean \"gpd\"?"),
      ("turbo", "turbo is unknown; expected one of accurate, gpd"),
      ("[gpd]", "a list of 1 is not a word; expected one of accurate, gpd"),
      ("", "has no value; expected one of accurate, gpd"),
    ])
  func thatNameNothingAreReported(text: String, complaint: String) {
    let lines = complaints(about: "p: \(text)") { _ = $0.word("p", default: Preset.gpd) }
    #expect(lines == "s.yaml:1: p: \(complaint)")
  }

  @Test("are offered by the dozen")
  func areOfferedByTheDozen() {
    let words = (10..<40).map { "model\($0)" }
    let lines = complaints(about: "m: zzz") { _ = $0.word("m", among: words) }
    #expect(
      lines == "s.yaml:1: m: zzz is unknown; expected one of "
        + words.prefix(12).joined(separator: ", ") + " and 18 more")
  }

  @Test(
    "of truth are true and false alone",
    arguments: ["yes", "on", "True", "1", "\"true\"", "[]", "{}"])
  func ofTruth(text: String) throws {
    #expect(try read("x: true") { $0.boolean("x") })
    #expect(try !read("x: false") { $0.boolean("x", default: true) })
    let lines = complaints(about: "x: \(text)") { _ = $0.boolean("x") }
    #expect(lines.hasSuffix(" is neither; expected true or false"))
  }

  @Test("of any kind are texts")
  func ofAnyKindAreTexts() throws {
    for (yaml, text) in [
      ("two words", "two words"), ("12", "12"), ("'it''s'", "it's"), ("\"a\\tb\"", "a\tb"),
      ("2 * 3", "2 * 3"), ("'*x'", "*x"), ("|\n a\n b\n", "a\nb\n"), ("''", ""), ("!!str 5", "5"),
    ] {
      #expect(try read("x: \(yaml)") { $0.string("x") } == text)
    }
    let lines = complaints(about: "x: {a: 1}") { _ = $0.string("x") }
    #expect(lines == "s.yaml:1: x: a mapping is not a text; expected a text")
  }

  @Test("are shown on one line, shortened")
  func areShownOnOneLine() {
    let bell = complaints(about: "x: \"a\\n\\a\\u202Eb\"") { _ = $0.number("x") }
    #expect(
      bell == "s.yaml:1: x: \"a\\n\\u{7}\\u{202e}b\" is a text, not a number; expected a number")
    let long = complaints(about: "x: \(String(repeating: "y", count: 1000))") {
      _ = $0.number("x")
    }
    let shown = String(repeating: "y", count: 60) + "…"
    #expect(long == "s.yaml:1: x: \(shown) is not a number; expected a number")
    #expect(
      complaints(about: "\"a\\nb.c\": 1")
        == "s.yaml:1: \"a\\nb.c\": unknown key; expected nothing")
  }

  @Test("in lists are counted")
  func inListsAreCounted() throws {
    let effects = ["drag", "downwash"]
    #expect(
      try read("e: [downwash, drag]") { $0.list("e") { $0.word(among: effects) } }
        == ["downwash", "drag"])
    #expect(try read("{}") { $0.list("e") { $0.string() } } == [])
    for (yaml, count, complaint) in [
      ("e: drag", 0...9, "e: drag is not a list; expected a list of 0 to 9"),
      ("e: []", 1...Int.max, "e: a list of 0 has the wrong length; expected a list of 1 or more"),
      ("e: [a, b]", 1...1, "e: a list of 2 has the wrong length; expected a list of 1"),
      ("{}", 1...9, "e: is missing; expected a list of 1 to 9"),
      (
        "e: [drug]", 0...9,
        "e[0]: drug is unknown; expected one of drag, downwash; "
          + "did you mean \"drag\"?"
      ),
    ] {
      let lines = complaints(about: yaml) {
        _ = $0.list("e", count: count) { $0.word(among: effects) }
      }
      #expect(lines == "s.yaml:1: \(complaint)")
    }
  }
}
