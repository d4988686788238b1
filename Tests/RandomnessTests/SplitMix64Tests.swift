import Randomness
import Testing

struct SplitMix64Tests {
  /// Vigna's reference outputs for the seed 1234567 (prng.di.unimi.it/splitmix64.c).
  @Test("gives the published sequence")
  func matchesTheReference() {
    var random = SplitMix64(seed: 1_234_567)
    let first = (0..<5).map { _ in random.next() }
    #expect(
      first == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test("four side by side give what each gives alone")
  func lanesAreAlone() {
    let root = SplitMix64(seed: 3)
    var alone = (0..<4).map { root.stream($0) }
    var lanes = SplitMix64Lanes(root)
    for lane in 0..<4 { lanes[lane] = alone[lane] }
    for _ in 0..<100 {
      let bits = lanes.next()
      for lane in 0..<4 { #expect(bits[lane] == alone[lane].next()) }
    }
    #expect((0..<4).allSatisfy { lanes[$0] == alone[$0] })
  }

  @Test("streams of one seed differ from each other and from the seed's own")
  func streamsDiffer() {
    let root = SplitMix64(seed: 7)
    var firsts = Set<UInt64>()
    for index in 0..<1000 {
      var stream = root.stream(UInt64(index))
      firsts.insert(stream.next())
    }
    var own = root
    #expect(firsts.count == 1000 && !firsts.contains(own.next()))
  }

  @Test("uniform numbers fill their range evenly")
  func uniformIsEven() {
    var random = SplitMix64(seed: 5)
    var bins = [Int](repeating: 0, count: 10)
    for _ in 0..<100_000 { bins[Int((random.uniform(in: -2...3) + 2) * 2)] += 1 }
    #expect(bins.allSatisfy { abs($0 - 10_000) < 400 })
  }

  /// Over 200,000 draws the k-th moment of N(0, 1) strays by less than five of its own deviations.
  @Test("normal numbers have the moments of the normal distribution")
  func normalHasItsMoments() {
    var random = SplitMix64(seed: 11)
    let count = 200_000
    var moments = [0.0, 0, 0, 0]
    var beyondOne = 0
    for _ in 0..<count {
      let x = random.normal()
      for (k, power) in [x, x * x, x * x * x, x * x * x * x].enumerated() { moments[k] += power }
      if abs(x) > 1 { beyondOne += 1 }
    }
    let means = moments.map { $0 / Double(count) }
    #expect(abs(means[0]) < 0.012 && abs(means[1] - 1) < 0.016)
    #expect(abs(means[2]) < 0.044 && abs(means[3] - 3) < 0.11)
    #expect(abs(Double(beyondOne) / Double(count) - 0.3173) < 0.0053)
  }
}
