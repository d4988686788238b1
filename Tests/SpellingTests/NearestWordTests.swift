import Spelling
import Testing

struct NearestWordTests {
  @Test(
    "finds the word that was meant",
    arguments: [
      ("modle", "model"), ("mode", "model"), ("modell", "model"), ("MODEL", "model"),
      ("referense", "reference"), ("ground_effect", "ground-effect"), ("pdi", "pid"),
      ("ta", "at"),
    ])
  func findsTheWord(written: String, meant: String) {
    let words = ["at", "ground-effect", "model", "pid", "reference"]
    #expect(nearestWord(to: written, among: words) == meant)
  }

  @Test("finds none where none is near", arguments: ["", "x", "zebra", "moon", "downwash"])
  func findsNone(written: String) {
    #expect(nearestWord(to: written, among: ["at", "model", "pid"]) == nil)
    #expect(nearestWord(to: written, among: []) == nil)
  }

  @Test("prefers the nearer, then the first")
  func prefersTheNearer() {
    #expect(nearestWord(to: "rates", among: ["rate", "ratesx", "races"]) == "rate")
    #expect(nearestWord(to: "wall", among: ["wills", "walls"]) == "walls")
  }

  @Test("does not measure words that are too long to be misspelt")
  func doesNotMeasureNoise() {
    #expect(nearestWord(to: String(repeating: "a", count: 65), among: ["a"]) == nil)
  }
}
