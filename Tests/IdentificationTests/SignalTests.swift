import Identification
import SpatialMath
import Testing

/// The numerics that logs pass through.
struct SignalTests {
  private func sine(_ frequency: Double, count: Int = 4000) -> [Double] {
    (0..<count).map { (2 * .pi * frequency * 0.01 * Double($0)).sineAndCosine().sine }
  }

  /// The amplitude of what comes out, and its phase, far from the ends.
  private func response(_ band: BandPass, _ frequency: Double) -> (amplitude: Double, delay: Double)
  {
    let (x, y) = (sine(frequency), band.filter(sine(frequency)))
    let rows = 1000..<3000
    let along = rows.reduce(0) { $0 + x[$1] * y[$1] } / 1000
    let across =
      rows.reduce(0) {
        $0 + y[$1] * (2 * .pi * frequency * 0.01 * Double($1)).sineAndCosine().cosine
      } / 1000
    return (along, across)
  }

  @Test("a band-pass lets its middle through whole and undelayed, half the power at its edges")
  func bandPass() {
    let band = BandPass(0.5...10, interval: 0.01)
    #expect(abs(response(band, 2.5).amplitude - 1) < 1e-3)
    for edge in [0.5, 10] {
      let (amplitude, delay) = response(band, edge)
      // Forwards and backwards: 1/√2 twice.
      #expect(abs(amplitude - 0.5) < 1e-3 && abs(delay) < 1e-3)
    }
    #expect(response(band, 30).amplitude < 1e-4)
    #expect(band.filter(Array(repeating: 7, count: 500)).allSatisfy { abs($0) < 1e-9 })
  }

  @Test("a grid's mean over any time is that of its steps")
  func gridMeans() {
    let grid = GridSignal(start: 2, step: 0.5, values: [1, 3, -1, 4])
    #expect(grid.mean(from: 2, to: 4) == 1.75)
    #expect(abs(grid.mean(from: 2.25, to: 2.75) - 2) < 1e-12)
    #expect(grid.value(near: 2.6) == 3 && grid.value(near: -9) == 1 && grid.value(near: 99) == 4)
  }

  @Test("the search finds the bottom of Rosenbrock's valley")
  func rosenbrock() {
    let search = NelderMead(from: [-1.2, 1], steps: [0.5, 0.5], asking: 400) { p in
      let (a, b) = (1 - p[0], p[1] - p[0] * p[0])
      return a * a + 100 * b * b
    }
    #expect(search.best.value < 1e-10)
    #expect(abs(search.best.place[0] - 1) < 1e-4 && abs(search.best.place[1] - 1) < 1e-4)
  }

  @Test("a regression finds what made the numbers, and leans towards what was known before")
  func regression() {
    let x = [[1.0, 2, 3, 4, 5], [1.0, -1, 1, -1, 2], [0.3, 0.1, 0.9, -0.5, 0.2]]
    let y = x[0].indices.map { 2 * x[0][$0] - 3 * x[1][$0] + 0.5 * x[2][$0] }
    let free = Regression(y, by: x)
    for (found, true_) in zip(free.coefficients, [2, -3, 0.5]) {
      #expect(abs(found - true_) < 1e-12)
    }
    #expect(free.rest < 1e-20 && free.explained > 1 - 1e-12)
    let held = Regression(y, by: x, prior: .init(index: 2, value: 4, weight: 1e12))
    #expect(abs(held.coefficients[2] - 4) < 1e-6)
    #expect(
      Regression(y, by: [x[0], x[0]]).coefficients.allSatisfy { !$0.isFinite || abs($0) < 1e9 })
  }

  @Test("a constant torque that no model has ends up in the slow disturbance")
  func rateFilter() {
    var filter = RateFilter(at: 0, damping: 1, fast: 0.76, .nanobench)
    var rate = 0.0
    for _ in 0..<2000 {
      // 3 rad/s² against a damping of 1 1/s, in explicit steps as the filter has them.
      rate += 0.01 * (3 - rate)
      filter.advance(0.01, acceleration: 0, measured: rate)
    }
    #expect(abs(filter.slow + filter.fast - 3) < 0.02 && abs(filter.slow - 3) < 0.1)
    #expect(abs(filter.rate - rate) < 1e-3)
  }
}
