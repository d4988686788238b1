import Drone
import Randomness
import Simulation
import SpatialMath
import Testing

struct InertialSensorTests {
  /// White noise of density σ has the variance σ² / T in samples T apart.
  @Test("its noise has the density that is asked for, whatever the rate", arguments: [100.0, 1000])
  func noise(rate: Double) {
    var sensor = InertialSensor(
      .init(rateNoise: 0.01, forceNoise: 0.2), random: SplitMix64(seed: 1))
    var sums = (0.0, 0.0)
    let count = 20_000
    for _ in 0..<count {
      let m = sensor.measure(
        rates: Vector(1, 2, 3), specificForce: Vector(0, 0, 9.81), every: 1 / rate)
      sums.0 += (m.rates - Vector(1, 2, 3)).squaredNorm / 3
      sums.1 += (m.specificForce - Vector(0, 0, 9.81)).squaredNorm / 3
    }
    #expect(abs(sums.0 / Double(count) / (1e-4 * rate) - 1) < 0.03)
    #expect(abs(sums.1 / Double(count) / (0.04 * rate) - 1) < 0.03)
  }

  /// A random walk's variance grows as κ² t, whatever the steps.
  @Test("its bias wanders with the square root of time", arguments: [0.01, 0.1])
  func walk(period: Double) {
    var squares = 0.0
    let streams = SplitMix64(seed: 2)
    for index in 0..<500 {
      var sensor = InertialSensor(
        .init(rateWalk: 0.3), random: streams.stream(UInt64(index)))
      var last = Vector<Body, Double>.zero
      for _ in 0..<Int((4 / period).rounded()) {
        last = sensor.measure(rates: .zero, specificForce: .zero, every: period).rates
      }
      squares += last.squaredNorm / 3
    }
    #expect(abs(squares / 500 / (0.09 * 4) - 1) < 0.2)
  }

  @Test("without errors it says the truth")
  func exact() {
    var sensor = InertialSensor(.init(), random: SplitMix64(seed: 3))
    let m = sensor.measure(
      rates: Vector(1, 2, 3), specificForce: Vector(4, 5, 6), every: 0.01)
    #expect(m.rates == Vector(1, 2, 3) && m.specificForce == Vector(4, 5, 6))
  }
}

struct MotionCaptureTests {
  private func pose(_ time: Double) -> Pose<Double> { Pose(position: Vector(time, 0, 0)) }

  @Test("poses arrive when they are due, each with the time at which it was seen")
  func delay() {
    var cameras = MotionCapture(.init(delay: 0.03), random: SplitMix64(seed: 1))
    for step in 0..<100 {
      let time = 0.01 * Double(step)
      let arrived = cameras.look(at: pose(time), at: time)
      #expect(arrived.count == (step < 3 ? 0 : 1))
      for sighting in arrived {
        #expect(abs(sighting.time - (time - 0.03)) < 1e-9)
        #expect(sighting.pose.position.x == sighting.time)
      }
    }
  }

  @Test("looks as often as it is said, and loses the share that is said")
  func rateAndDropout() {
    var cameras = MotionCapture(.init(dropout: 0.25, rate: 100), random: SplitMix64(seed: 2))
    let arrived = (0..<48_000).map { cameras.look(at: pose(0), at: Double($0) / 480).count }
    // 10,000 looks in 100 s, of which 3/4 arrive; five deviations are 217.
    #expect(abs(arrived.reduce(0, +) - 7500) < 217)
  }

  @Test("positions and attitudes scatter by their deviations")
  func noise() {
    var cameras = MotionCapture(
      .init(positionNoise: 0.02, attitudeNoise: 0.1), random: SplitMix64(seed: 3))
    var sums = (0.0, 0.0)
    for step in 0..<10_000 {
      for sighting in cameras.look(at: pose(0), at: Double(step)) {
        let q = sighting.pose.attitude
        sums.0 += sighting.pose.position.squaredNorm / 3
        sums.1 += 4 * (q.x * q.x + q.y * q.y + q.z * q.z) / 3
      }
    }
    #expect(abs(sums.0 / 10_000 / 4e-4 - 1) < 0.05 && abs(sums.1 / 10_000 / 0.01 - 1) < 0.05)
  }
}

struct RangeFinderTests {
  @Test("sees what is within its range, and nothing else")
  func range() {
    var finder = RangeFinder(.init(minimum: 0.1, maximum: 4), random: SplitMix64(seed: 1))
    #expect(finder.measure(1.5) == 1.5 && finder.measure(0.05) == nil)
    #expect(finder.measure(4.1) == nil && finder.measure(4) == 4)
  }

  @Test("loses the share that is said")
  func dropout() {
    var finder = RangeFinder(.init(dropout: 0.4), random: SplitMix64(seed: 2))
    let seen = (0..<10_000).filter { _ in finder.measure(1) != nil }.count
    #expect(abs(seen - 6000) < 245)
  }
}

struct StateEstimatorTests {
  /// A drone that circles, banks and turns, and the estimate of it.
  private func follow(
    _ sensors: Sensors, seed: UInt64 = 1,
    watch: (Double, DroneState<Double>, DroneState<Double>) -> Void
  ) {
    var estimator = StateEstimator(sensors, gravity: 9.81, seed: seed, drone: 0)
    var finder = sensors.range.map { RangeFinder($0, random: SplitMix64(seed: seed)) }
    let period = 1.0 / 240
    var truth = DroneState<Double>(position: Vector(0, 0, 2))
    for step in 0..<4800 {
      let time = Double(step) * period
      let (s, c) = (2 * time).sineAndCosine()
      truth.bodyRates = Vector(0.3 * c, 0.2 * s, 0.5)
      let distance = truth.position.z / RotationMatrix(truth.attitude).zRow.z
      let range = finder?.measure(distance)
      watch(time, truth, estimator.estimate(of: truth, range: range, at: time, every: period))
      truth.attitude =
        truth.attitude.after(Rotation(rotationVector: period * truth.bodyRates)).normalized
      truth.velocity += period * Vector(2 * c, -2 * s, 0.5 * c)
      truth.position += period * truth.velocity
    }
  }

  @Test("without sensors it is the truth; with perfect ones all but")
  func perfect() {
    follow(Sensors()) { _, truth, estimate in #expect(truth == estimate) }
    follow(Sensors(inertial: .init(), motionCapture: .init(), range: .init())) {
      _, truth, estimate in
      #expect((truth.position - estimate.position).norm < 2e-3)
      #expect((truth.velocity - estimate.velocity).norm < 2e-2)
    }
  }

  @Test("is never far from the truth with noise, delay and losses, and learns the biases")
  func noisy() {
    let sensors = Sensors(
      inertial: .init(rateNoise: 2e-3, rateBias: 0.05, forceNoise: 0.02, forceBias: 0.2),
      motionCapture: .init(
        positionNoise: 0.005, attitudeNoise: 0.02, delay: 0.02, dropout: 0.2, rate: 120),
      range: .init(noise: 0.01, maximum: 10))
    for seed in 0..<5 as Range<UInt64> {
      follow(sensors, seed: seed) { time, truth, estimate in
        guard time > 5 else { return }
        #expect((truth.position - estimate.position).norm < 0.06, "seed \(seed) at \(time) s")
        #expect((truth.velocity - estimate.velocity).norm < 0.4, "seed \(seed) at \(time) s")
        let tilt = truth.attitude(Vector(0, 0, 1)) - estimate.attitude(Vector(0, 0, 1))
        #expect(tilt.norm < 0.1, "seed \(seed) at \(time) s")
      }
    }
  }

  @Test("a range finder alone holds the height against a biased accelerometer")
  func rangeAlone() {
    let sensors = Sensors(inertial: .init(forceBias: 0.3), range: .init(noise: 0.005, maximum: 10))
    follow(sensors) { time, truth, estimate in
      guard time > 5 else { return }
      #expect(abs(truth.position.z - estimate.position.z) < 0.05)
      #expect(truth.position.x == estimate.position.x)
    }
  }

  @Test("the same seed believes the same, another drone otherwise")
  func seeds() {
    let sensors = Sensors(
      inertial: .init(rateNoise: 0.01), motionCapture: .init(positionNoise: 0.01))
    func end(_ seed: UInt64, drone: Int) -> DroneState<Double> {
      var estimator = StateEstimator(sensors, gravity: 9.81, seed: seed, drone: drone)
      var state = DroneState<Double>()
      for step in 0..<100 {
        state = estimator.estimate(of: DroneState(), at: 0.01 * Double(step), every: 0.01)
      }
      return state
    }
    #expect(end(1, drone: 0) == end(1, drone: 0))
    #expect(end(1, drone: 0) != end(2, drone: 0) && end(1, drone: 0) != end(1, drone: 1))
  }
}
