import Drone
import Randomness
import Simulation
import SpatialMath
import Testing

/// What a sensor says of a truth.
private func reading(
  _ sensor: inout some Sensor, of state: DroneState<Double> = DroneState(),
  force: Vector<Body, Double> = .zero, distances: [Double] = [], at time: Double = 0,
  every period: Double = 0.01
) -> [Double] {
  var readings = sensor.readingNames.map { _ in Double.zero }
  var span = readings.mutableSpan
  sensor.measure(
    GroundTruth(
      time: time, period: period, state: state, specificForce: force, distances: distances),
    into: &span)
  return readings
}

struct InertialSensorTests {
  private let state = DroneState<Double>(bodyRates: Vector(1, 2, 3))

  /// White noise of density σ has the variance σ² / T in samples T apart.
  @Test("its noise has the density that is asked for, whatever the rate", arguments: [100.0, 1000])
  func noise(rate: Double) {
    var sensor = InertialSensor(
      gyroscope: NoiseModel(.density(0.01)), accelerometer: NoiseModel(.density(0.2)))
    sensor.reset(using: SplitMix64(seed: 1))
    var sums = (0.0, 0.0)
    let count = 20_000
    for _ in 0..<count {
      let m = reading(&sensor, of: state, force: Vector(0, 0, 9.81), every: 1 / rate)
      sums.0 += (Vector<Body, Double>(m[0], m[1], m[2]) - Vector(1, 2, 3)).squaredNorm / 3
      sums.1 += (Vector<Body, Double>(m[3], m[4], m[5]) - Vector(0, 0, 9.81)).squaredNorm / 3
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
      var sensor = InertialSensor(gyroscope: NoiseModel(walk: 0.3))
      sensor.reset(using: streams.stream(UInt64(index)))
      var last: [Double] = []
      for _ in 0..<Int((4 / period).rounded()) { last = reading(&sensor, every: period) }
      squares += last[..<3].reduce(0) { $0 + $1 * $1 } / 3
    }
    #expect(abs(squares / 500 / (0.09 * 4) - 1) < 0.2)
  }

  @Test("without errors it says the truth")
  func exact() {
    var sensor = InertialSensor()
    sensor.reset(using: SplitMix64(seed: 3))
    #expect(reading(&sensor, of: state, force: Vector(4, 5, 6)) == [1, 2, 3, 4, 5, 6])
  }

  @Test("a reset draws the first bias anew, and the same from the same random numbers")
  func reset() {
    var sensor = InertialSensor(gyroscope: NoiseModel(bias: 0.1))
    let readings = ([4, 5, 4] as [UInt64]).map { seed in
      sensor.reset(using: SplitMix64(seed: seed))
      return reading(&sensor)
    }
    #expect(readings[0] == readings[2] && readings[0] != readings[1])
  }
}

struct MotionCaptureTests {
  private func state(_ time: Double) -> DroneState<Double> {
    DroneState(position: Vector(time, 0, 0))
  }

  @Test("poses arrive when they are due, each with the time at which it was measured")
  func delay() {
    var cameras = MotionCapture(latency: 0.03)
    cameras.reset(using: SplitMix64(seed: 1))
    for step in 0..<100 {
      let time = 0.01 * Double(step)
      let readings = reading(&cameras, of: state(time), at: time)
      #expect(cameras.arrived.count == (step < 3 ? 0 : 1))
      #expect(readings.allSatisfy { $0.isNaN == cameras.arrived.isEmpty })
      for measurement in cameras.arrived {
        #expect(abs(measurement.time - (time - 0.03)) < 1e-9)
        #expect(measurement.pose.position.x == measurement.time)
        #expect(readings == [measurement.time, 0, 0, 0, 0, 0, 1])
      }
    }
  }

  @Test("measures as often as it is said, and loses the share that is said")
  func rateAndDropout() {
    var cameras = MotionCapture(position: NoiseModel(dropout: 0.25), rate: 100)
    cameras.reset(using: SplitMix64(seed: 2))
    let arrived = (0..<48_000).map { step in
      _ = reading(&cameras, at: Double(step) / 480)
      return cameras.arrived.count
    }
    // 10,000 looks in 100 s, of which 3/4 arrive; five deviations are 217.
    #expect(abs(arrived.reduce(0, +) - 7500) < 217)
  }

  @Test("positions and attitudes scatter by their deviations")
  func noise() {
    var cameras = MotionCapture(
      position: NoiseModel(.deviation(0.02)), attitude: NoiseModel(.deviation(0.1)))
    cameras.reset(using: SplitMix64(seed: 3))
    var sums = (0.0, 0.0)
    for step in 0..<10_000 {
      _ = reading(&cameras, at: Double(step))
      for measurement in cameras.arrived {
        let q = measurement.pose.attitude
        sums.0 += measurement.pose.position.squaredNorm / 3
        sums.1 += 4 * (q.x * q.x + q.y * q.y + q.z * q.z) / 3
      }
    }
    #expect(abs(sums.0 / 10_000 / 4e-4 - 1) < 0.05 && abs(sums.1 / 10_000 / 0.01 - 1) < 0.05)
  }
}

struct RangefinderTests {
  @Test("sees what is within its range, and nothing else")
  func range() {
    var sensor = Rangefinders.multiranger(range: 0.1...4)
    sensor.reset(using: SplitMix64(seed: 1))
    let readings = reading(&sensor, distances: [1.5, 0.05, 4.1, 4, .infinity])
    #expect(readings[0] == 1.5 && readings[3] == 4)
    #expect([1, 2, 4].allSatisfy { readings[$0].isNaN })
  }

  @Test("loses the share that is said")
  func dropout() {
    var sensor = Rangefinders.down(noise: NoiseModel(dropout: 0.4))
    sensor.reset(using: SplitMix64(seed: 2))
    let seen = (0..<10_000).count { _ in !reading(&sensor, distances: [1])[0].isNaN }
    #expect(abs(seen - 6000) < 245)
  }
}

struct StateEstimatorTests {
  /// A drone that circles, banks and turns, and the estimate of it.
  private func follow(
    _ sensors: [NamedSensor], seed: UInt64 = 1,
    watch: (Double, DroneState<Double>, DroneState<Double>) -> Void
  ) {
    var suite = SensorSuite(sensors, gravity: 9.81, random: SplitMix64(seed: seed))
    let period = 1.0 / 240
    var truth = DroneState<Double>(position: Vector(0, 0, 2))
    for step in 0..<4800 {
      let time = Double(step) * period
      let (s, c) = (2 * time).sineAndCosine()
      truth.bodyRates = Vector(0.3 * c, 0.2 * s, 0.5)
      let distance = truth.position.z / RotationMatrix(truth.attitude).zRow.z
      for index in suite.sensors.indices where suite.sensors[index].name == "range" {
        suite.distances[index] = [distance]
      }
      suite.measure(truth, at: time, every: period)
      watch(time, truth, suite.estimate)
      truth.attitude =
        truth.attitude.after(Rotation(rotationVector: period * truth.bodyRates)).normalized
      truth.velocity += period * Vector(2 * c, -2 * s, 0.5 * c)
      truth.position += period * truth.velocity
    }
  }

  @Test("without sensors it is the truth; with perfect ones all but")
  func perfect() {
    follow([]) { _, truth, estimate in #expect(truth == estimate) }
    follow([imu(), motionCapture(), range()]) { _, truth, estimate in
      #expect((truth.position - estimate.position).norm < 2e-3)
      #expect((truth.velocity - estimate.velocity).norm < 2e-2)
    }
  }

  @Test("is never far from the truth with noise, delay and losses, and learns the biases")
  func noisy() {
    let sensors = [
      imu(
        NoiseModel(.density(2e-3), bias: 0.05), NoiseModel(.density(0.02), bias: 0.2)),
      NamedSensor(
        "motion_capture",
        MotionCapture(
          position: NoiseModel(.deviation(0.005), dropout: 0.2),
          attitude: NoiseModel(.deviation(0.02)), latency: 0.02, rate: 120)),
      range(NoiseModel(.deviation(0.01))),
    ]
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

  /// A late error was applied again for the whole delay, which was unstable beyond 45 ms.
  @Test(
    "a late pose counts once: stable at every delay that is allowed", arguments: [0.05, 0.2, 1])
  func latePoses(delay: Double) {
    let sensors = [
      imu(.none, NoiseModel(bias: 0.05)),
      NamedSensor(
        "motion_capture",
        MotionCapture(position: NoiseModel(.deviation(0.002)), latency: delay)),
      range(),
    ]
    follow(sensors) { time, truth, estimate in
      guard time > 5 else { return }
      // What the bias adds until a pose tells: b t² / 2, and the noise.
      #expect(
        (truth.position - estimate.position).norm < 0.05 + 0.1 * delay, "at \(time) s")
    }
  }

  @Test("a range finder alone holds the height against a biased accelerometer")
  func rangeAlone() {
    let sensors = [
      imu(.none, NoiseModel(bias: 0.3)), range(NoiseModel(.deviation(0.005))),
    ]
    follow(sensors) { time, truth, estimate in
      guard time > 5 else { return }
      #expect(abs(truth.position.z - estimate.position.z) < 0.05)
      #expect(truth.position.x == estimate.position.x)
    }
  }

  /// Two heights of one instant count as one after the other.
  @Test("a second sensor of the height does no harm, and helps against noise")
  func twoHeights() {
    struct Altimeter: Sensor {
      let readingNames = ["altimeter"]
      let estimatorInputs = StateEstimator.Inputs.height
      private var random = SplitMix64(seed: 0)
      private var height = 0.0

      mutating func reset(using random: SplitMix64) { self.random = random }
      mutating func measure(_ truth: GroundTruth, into readings: inout MutableSpan<Double>) {
        let noise = NoiseModel(.deviation(0.02))
        height = truth.state.position.z + noise.sample(every: truth.period, using: &random)
        readings[0] = height
      }
      func correct(_ estimator: inout StateEstimator) { estimator.correct(height: height) }
    }
    func error(_ sensors: [NamedSensor]) -> Double {
      var squares = 0.0
      for seed in 1...3 as ClosedRange<UInt64> {
        follow(sensors, seed: seed) { _, truth, estimate in
          let difference = truth.position.z - estimate.position.z
          squares += difference * difference
        }
      }
      return squares
    }
    let one = NamedSensor("altimeter", Altimeter())
    let two = NamedSensor("altimeter-2", Altimeter())
    let (alone, both) = (error([one]), error([one, two]))
    #expect(both < 0.95 * alone, "\(both) with two, \(alone) with one")
  }

  @Test("the same seed gives the same estimate, another drone another")
  func seeds() {
    let sensors = [
      imu(NoiseModel(.density(0.01)), .none),
      NamedSensor("motion_capture", MotionCapture(position: NoiseModel(.deviation(0.01)))),
    ]
    func end(_ seed: UInt64, drone: UInt64) -> DroneState<Double> {
      let random = SplitMix64(seed: seed).stream(drone)
      var suite = SensorSuite(sensors, gravity: 9.81, random: random)
      for step in 0..<100 { suite.measure(DroneState(), at: 0.01 * Double(step), every: 0.01) }
      return suite.estimate
    }
    #expect(end(1, drone: 0) == end(1, drone: 0))
    #expect(end(1, drone: 0) != end(2, drone: 0) && end(1, drone: 0) != end(1, drone: 1))
  }

  private func imu(
    _ gyroscope: NoiseModel = .none, _ accelerometer: NoiseModel = .none
  ) -> NamedSensor {
    NamedSensor("imu", InertialSensor(gyroscope: gyroscope, accelerometer: accelerometer))
  }

  private func motionCapture() -> NamedSensor { NamedSensor("motion_capture", MotionCapture()) }

  private func range(_ noise: NoiseModel = .none) -> NamedSensor {
    NamedSensor("range", Rangefinders.down(noise: noise, range: 0...10))
  }
}
