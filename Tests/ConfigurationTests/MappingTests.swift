import Parameters
import Configuration
import Testing

struct MappingTests {
  @Test("say which keys are unknown, and which was meant")
  func sayWhichKeysAreUnknown() {
    let lines = complaints(about: "drones:\n- modle: cf2x\n  colour: red\n  at: 0") { map in
      let _: [Void] = map.list("drones") {
        $0.mapping { drone in
          _ = drone.string("model", default: "cf2x")
          _ = drone.number("at")
        }
      }
    }
    #expect(
      lines == """
        s.yaml:2: drones[0].modle: unknown key; did you mean "model"?
        s.yaml:3: drones[0].colour: unknown key; expected one of model, at
        """)
  }

  @Test("do not mistake a key for one that is there")
  func doNotMistakeAKey() {
    let lines = complaints(about: "model: a\nmodel2: b") { _ = $0.string("model") }
    #expect(lines == "s.yaml:2: model2: unknown key; expected model")
  }

  @Test("say which keys are missing, where they should be")
  func sayWhichKeysAreMissing() {
    let lines = complaints(about: "name: x\nrates:\n  control: 48") { map in
      _ = map.string("name")
      map.mapping("rates") { rates in
        _ = rates.number("physics", in: .positive, unit: "Hz")
        _ = rates.number("control")
      }
      _ = map.word("preset", among: ["accurate", "gpd"])
    }
    #expect(
      lines == """
        s.yaml:1: preset: is missing; expected one of accurate, gpd
        s.yaml:3: rates.physics: is missing; expected a positive number of Hz
        """)
  }

  @Test("that are absent or empty have their defaults")
  func thatAreAbsentHaveTheirDefaults() throws {
    for yaml in ["x: 1", "x: 1\nrates:", "{x: 1, rates: {}}"] {
      let rate = try read(yaml) { map in
        _ = map.number("x")
        return map.mapping("rates") { $0.number("physics", default: 240) }
      }
      #expect(rate == 240)
    }
  }

  @Test("that are something else are reported once")
  func thatAreSomethingElseAreReportedOnce() {
    let lines = complaints(about: "rates: 240") { map in
      map.mapping("rates") { _ = $0.number("physics") }
    }
    #expect(lines == "s.yaml:1: rates: 240 is not a mapping; expected keys and values")
    #expect(
      complaints(about: "- 1")
        == "s.yaml:1: a list of 1 is not a mapping; expected keys and values")
  }

  @Test("report all that is wrong, in the order of the file, and stop at twenty")
  func reportAllThatIsWrong() {
    let keys = (1...25).map { "key\($0): q" }
    let lines = complaints(about: keys.joined(separator: "\n")) { map in
      for i in (1...25).reversed() { _ = map.number("key\(i)") }
    }
    let expected = (6...25).map { "s.yaml:\($0): key\($0): q is not a number; expected a number" }
    #expect(lines == (expected + ["and 5 more"]).joined(separator: "\n"))
  }

  @Test("may be at fault as a whole, or in one value")
  func mayBeAtFaultAsAWhole() {
    let lines = complaints(about: "rates:\n  physics: 240\n  control: 50") { map in
      map.mapping("rates") { rates in
        let physics = rates.number("physics")
        if physics.remainder(dividingBy: rates.number("control")) != 0 {
          rates.reject("does not divide the physics rate", at: "control", expected: "a divisor")
          rates.reject("does not fit together")
        }
      }
    }
    #expect(
      lines == """
        s.yaml:2: rates: does not fit together
        s.yaml:3: rates.control: 50 does not divide the physics rate; expected a divisor
        """)
  }
}
