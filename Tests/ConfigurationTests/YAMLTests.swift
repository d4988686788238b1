import Configuration
import Testing

struct YAMLTests {
  @Test(
    "that is malformed is refused where it is wrong",
    arguments: [
      ("", "s.yaml: is empty; expected keys and values, such as \"version: 1\""),
      ("# nothing\n", "s.yaml: is empty; expected keys and values, such as \"version: 1\""),
      ("a: 1\n---\nb: 2", "s.yaml:2: a second document begins here; expected one document"),
      ("a: 1\nb:\n  a: 1\nb: 2", "s.yaml:2: b: is given more than once in one mapping"),
      ("a:\n  'b': 1\n  b: 2", "s.yaml:2: b: is given more than once in one mapping"),
      ("a:\n\tb: 1", "s.yaml:2: is indented with a tab; expected spaces"),
      (
        "a: 1\nb: [1, 2",
        "s.yaml:2: is not YAML: while parsing a flow sequence, did not find expected ',' or ']'"
      ),
      ("a: b: c", "s.yaml:1: is not YAML: mapping values are not allowed in this context"),
      ("a: \u{1}", "s.yaml:1: is not YAML: control characters are not allowed"),
      ("a: 1\nb: \u{0}", "s.yaml:2: is not YAML: control characters are not allowed"),
      ("a: {[1]: 2}", "s.yaml:1: a key is not a word"),
      ("a: !drone 1", "s.yaml:1: !drone is a tag; expected a value without one"),
      ("a: \u{F8FF}", "s.yaml:1: has a private character, U+F8FE or U+F8FF"),
      (
        "\"\\ud800\": 1",
        "s.yaml:1: is not YAML: while parsing a quoted scalar, "
          + "found invalid Unicode character escape code"
      ),
    ])
  func thatIsMalformedIsRefused(yaml: String, complaint: String) {
    #expect(complaints(about: yaml) { _ = $0.optional("a") { $0.number() } } == complaint)
  }

  @Test("may repeat itself by aliases, and merge what it repeats")
  func mayRepeatItself() throws {
    let yaml = """
      base: &base { model: cf2x, mass: 1 }
      other: &other { mass: 2, size: 3 }
      drones:
        - *base
        - { mass: 5, <<: *base }
        - { <<: [*base, *other], model: racer }
      """
    let drones = try read(yaml) { map in
      for key in ["base", "other"] { _ = map.optional(key) { _ in () } }
      return map.list("drones") {
        $0.mapping { drone in
          "\(drone.string("model")) \(drone.number("mass")) \(drone.number("size", default: 0))"
        }
      }
    }
    #expect(drones == ["cf2x 1.0 0.0", "cf2x 5.0 0.0", "racer 1.0 3.0"])
  }

  @Test(
    "is refused where an alias stands for nothing that can be there",
    arguments: [
      (
        "a: *b\nb: &b 1", "s.yaml:1: *b stands for nothing; expected the name of an anchor above it"
      ),
      (
        "a: &base 1\nb: *bse",
        "s.yaml:2: *bse stands for nothing; expected the name of an anchor above it; "
          + "did you mean \"*base\"?"
      ),
      ("a: &a [*a]", "s.yaml:1: *a stands for nothing; expected the name of an anchor above it"),
      ("a: &a x\n*a : 1", "s.yaml:2: a key is not a word"),
      (
        "a: {<<: 5}",
        "s.yaml:1: <<: 5 cannot be merged; expected a mapping or a list of mappings"
      ),
    ])
  func isRefusedWhereAnAliasStandsForNothing(yaml: String, complaint: String) {
    #expect(complaints(about: yaml) == complaint)
  }

  @Test(
    "does not grow out of hand by aliases",
    arguments: [("[", "]"), ("{x: [", "]}"), ("{[", "]: 1}"), ("{? [", "] : 1}")])
  func doesNotGrowOutOfHand(opening: String, closing: String) {
    let aliases = (1...30).map { level in
      let last = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      return "- &a\(level) \(opening)\(last)\(closing)\n"
    }
    let lines = complaints(about: "- &a0 x\n" + aliases.joined())
    #expect(lines.hasPrefix("s.yaml:"))
    #expect(!lines.contains("\n"))
    if opening == "[" { #expect(lines == "s.yaml:7: has more than 1000000 values") }
  }

  @Test("does not grow deep by aliases", arguments: [70, 100_000])
  func doesNotGrowDeep(levels: Int) {
    let aliases = (1...levels).map { "- &a\($0) [*a\($0 - 1)]\n" }
    let lines = complaints(about: "- &a0 x\n" + aliases.joined())
    #expect(lines == "s.yaml:65: is nested more than 64 deep")
  }

  @Test("does not grow out of hand by merging")
  func doesNotGrowByMerging() {
    let keys = (1...1000).map { "k\($0): 1" }.joined(separator: ", ")
    let merges = Array(repeating: "- <<: *a\n", count: 2000).joined()
    let lines = complaints(about: "- &a {\(keys)}\n\(merges)")
    #expect(lines.hasSuffix(": has more than 1000000 values"))
  }

  @Test(
    "is not nested without end",
    arguments: ["[", "{a: ", "- ", "? ", "[a: ", "{? "])
  func isNotNestedWithoutEnd(opening: String) {
    for depth in [65, 990, 10_000, 200_000] {
      let lines = complaints(about: String(repeating: opening, count: depth))
      #expect(lines.hasPrefix("s.yaml:1: "))
      #expect(!lines.contains("\n"))
    }
  }

  @Test("may be nested as deep as a scenario can need")
  func mayBeNested() {
    let yaml = "a: " + String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
    #expect(complaints(about: yaml) { _ = $0.optional("a") { _ in () } } == "")
    let deeper = "a: " + String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(complaints(about: deeper) == "s.yaml:1: is nested more than 64 deep")
  }

  @Test("has its lines ended in any of the usual ways", arguments: ["\n", "\r\n", "\r"])
  func hasItsLinesEndedAsAnyoneLikes(end: String) {
    let yaml = ["\u{FEFF}a: 1", "", "b: x"].joined(separator: end)
    let lines = complaints(about: yaml) { map in
      _ = map.number("a")
      _ = map.number("b")
    }
    #expect(lines == "s.yaml:3: b: x is not a number; expected a number")
  }
}
