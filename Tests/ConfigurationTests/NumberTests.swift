import Parameters
import Configuration
import SpatialMath
import Testing

struct NumberTests {
  @Test(
    "are read as they are written",
    arguments: [
      ("12", 12), ("-0.5", -0.5), ("+3.25", 3.25), (".5", 0.5), ("5.", 5), ("1e-3", 0.001),
      ("1E+2", 100), ("010", 10), ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992),
    ] as [(String, Double)])
  func areReadAsTheyAreWritten(text: String, number: Double) throws {
    #expect(try read("x: \(text)") { $0.number("x") } == number)
  }

  @Test(
    "refuse what is no number, and say so",
    arguments: [
      ("12s", "12s is not a number"), ("true", "true is not a number"),
      ("\"12\"", "\"12\" is a text, not a number"), ("'12'", "\"12\" is a text, not a number"),
      (".nan", ".nan is not a finite number"), ("-.INF", "-.INF is not a finite number"),
      ("nan", "nan is not a number"), ("infinity", "infinity is not a number"),
      ("0x10", "0x10 is not a number"), ("1_000", "1_000 is not a number"),
      ("1:30", "1:30 is not a number"), ("1e", "1e is not a number"),
      ("-", "a list of 1 is not a number"), ("1.2.3", "1.2.3 is not a number"),
      ("1e999", "1e999 is out of range"), ("[1]", "a list of 1 is not a number"),
      ("{a: 1}", "a mapping is not a number"), ("", "has no value"), ("~", "has no value"),
      ("!!float 1", "tag:yaml.org,2002:float is a tag"),
    ])
  func refuseWhatIsNoNumber(text: String, problem: String) {
    let lines = complaints(about: "x:\n  \(text)") { _ = $0.number("x", unit: "s") }
    #expect(lines.hasPrefix("s.yaml:"))
    #expect(lines.contains(" \(problem); expected a "))
    #expect(!lines.contains("\n"))
  }

  @Test("in a range take its numbers, and name it to others")
  func inARangeTakeItsNumbers() {
    let ranges: [(NumberRange, taken: [String], refused: [String], String)] = [
      (.finite, ["-1e300", "0"], ["1e309"], "a number of m"),
      (.positive, ["1e-300"], ["0", "-0", "-1", "1e-400"], "a positive number of m"),
      (.positive(upTo: 2), ["2"], ["0", "2.5"], "a positive number of m up to 2"),
      (.atLeast(0), ["0", "-0"], ["-1e-300"], "a number of m, 0 or more"),
      (.within(-1...0.5), ["-1", "0.5"], ["-1.1", "0.6"], "a number of m from -1 to 0.5"),
    ]
    for (range, taken, refused, description) in ranges {
      for text in taken {
        #expect(complaints(about: "x: \(text)") { _ = $0.number("x", in: range) } == "")
      }
      for text in refused {
        let lines = complaints(about: "x: \(text)") { _ = $0.number("x", in: range, unit: "m") }
        #expect(lines == "s.yaml:1: x: \(text) is out of range; expected \(description)")
      }
    }
  }

  @Test("go on as valid ones after an error")
  func goOnAsValidOnes() {
    _ = complaints(about: "{a: q, b: q, c: q, d: 0, e: q}") { map in
      #expect(map.number("a", in: .positive) > 0)
      #expect(map.number("b", in: .within(3...4)) == 3)
      #expect(map.number("c", default: 7, in: .positive) == 7)
      #expect(map.integer("d", in: 2...5) == 2)
      #expect(map.number("missing", in: .within(-2...(-1))) == -1)
      let box: Vector<Body, Double> = map.vector("e", in: .positive)
      #expect(box.x > 0 && box.y > 0 && box.z > 0)
    }
  }

  @Test("that are whole have digits alone")
  func thatAreWholeHaveDigitsAlone() throws {
    #expect(try read("x: -12") { $0.integer("x") as Int } == -12)
    #expect(try read("x: 18446744073709551615") { $0.integer("x") } == UInt64.max)
    let whole = "expected a whole number from 1 to 9"
    for (text, problem) in [
      ("2.0", "2.0 is not a whole number"), ("1e0", "1e0 is not a whole number"),
      ("0", "0 is out of range"), ("-3", "-3 is out of range"), ("10", "10 is out of range"),
      ("99999999999999999999", "99999999999999999999 is out of range"),
      ("\"3\"", "\"3\" is a text, not a number"), ("-", "a list of 1 is not a number"),
      ("+", "+ is not a whole number"),
    ] {
      let lines = complaints(about: "x:\n  \(text)") { _ = $0.integer("x", in: 1...9) as Int }
      #expect(lines == "s.yaml:2: x: \(problem); \(whole)")
    }
  }

  @Test("of a fixed version name it")
  func ofAFixedVersionNameIt() {
    let lines = complaints(about: "version: 2") { _ = $0.integer("version", in: 1...1) as Int }
    #expect(lines == "s.yaml:1: version: 2 is out of range; expected 1")
  }

  @Test("make vectors in threes")
  func makeVectorsInThrees() throws {
    let at: Vector<World, Double> = try read("at: [1, -2, 3.5]") { $0.vector("at") }
    #expect(at == Vector(1, -2, 3.5))
    let size = { (map: inout MappingReader) in
      let _: Vector<Body, Double> = map.vector("size", in: .positive, unit: "m")
    }
    for (text, complaint) in [
      ("[1, 2]", "s.yaml:1: size: a list of 2 has the wrong length"),
      ("5", "s.yaml:1: size: 5 is not a list"),
    ] {
      let lines = complaints(about: "size: \(text)", size)
      #expect(lines == "\(complaint); expected 3 positive numbers of m")
    }
    let lines = complaints(about: "size:\n- 1\n- 0\n- up", size)
    #expect(
      lines == """
        s.yaml:3: size[1]: 0 is out of range; expected a positive number of m
        s.yaml:4: size[2]: up is not a number; expected a positive number of m
        """)
  }
}
