import Drone
import Parameters
package import Randomness
package import SpatialMath

/// What an inertial sensor says at one instant.
package struct InertialMeasurement: Sendable, Equatable {
  /// The body rates, as the gyroscope has them. [rad/s]
  package var rates: Vector<Body, Double>
  /// The acceleration without gravity along the body's axes, as the accelerometer has it. [m/s²]
  package var specificForce: Vector<Body, Double>
}

/// A gyroscope and an accelerometer.
package struct InertialSensor: Sensor {
  private let gyroscope: NoiseModel
  private let accelerometer: NoiseModel
  private var random = SplitMix64(seed: 0)
  private var rateBias = Vector<Body, Double>.zero
  private var forceBias = Vector<Body, Double>.zero
  private var measurement = InertialMeasurement(rates: .zero, specificForce: .zero)

  /// An inertial sensor with the errors of its gyroscope, in rad/s, and its accelerometer, in m/s².
  package init(gyroscope: NoiseModel = .none, accelerometer: NoiseModel = .none) {
    (self.gyroscope, self.accelerometer) = (gyroscope, accelerometer)
  }

  package var readingNames: [String] {
    ["gyro_x", "gyro_y", "gyro_z", "accel_x", "accel_y", "accel_z"]
  }
  package var isRecorded: Bool { false }
  package var estimatorInputs: StateEstimator.Inputs { .inertial }

  package mutating func reset(using random: SplitMix64) {
    self.random = random
    rateBias = gyroscope.firstBias(using: &self.random)
    forceBias = accelerometer.firstBias(using: &self.random)
  }

  package mutating func measure(
    _ truth: GroundTruth, into readings: inout MutableSpan<Double>
  ) {
    rateBias += gyroscope.drift(over: truth.period, using: &random)
    forceBias += accelerometer.drift(over: truth.period, using: &random)
    let (rates, force) = (truth.state.bodyRates, truth.specificForce)
    measurement.rates =
      rates + rateBias + gyroscope.sample(every: truth.period, using: &random)
    measurement.specificForce =
      force + forceBias + accelerometer.sample(every: truth.period, using: &random)
    readings.write(measurement.rates, at: 0)
    readings.write(measurement.specificForce, at: 3)
  }

  package func correct(_ estimator: inout StateEstimator) {
    estimator.predict(rates: measurement.rates, specificForce: measurement.specificForce)
  }
}

extension MutableSpan<Double> {
  /// Writes the components of a vector, one after the other.
  mutating func write<F: Frame>(_ vector: Vector<F, Double>, at index: Int) {
    self[index] = vector.x
    self[index + 1] = vector.y
    self[index + 2] = vector.z
  }
}

extension InertialSensor {
  /// Without a key the numbers of the Crazyflie's BMI088, from its data sheet: noise densities of
  /// 0.014 °/s/√Hz and 160 µg/√Hz.
  static let entry = SensorCatalogue.Entry(
    name: "imu", summary: "gyroscope and accelerometer, which the state estimator flies by",
    parameters: .size("gyro_noise", "noise density of the gyroscope", 2.4e-4, "rad/s/√Hz"),
    .size("gyro_bias", "deviation of its first bias", 0, "rad/s"),
    .size("gyro_walk", "random walk of its bias", 0, "rad/s²/√Hz"),
    .size("accel_noise", "noise density of the accelerometer", 1.6e-3, "m/s²/√Hz"),
    .size("accel_bias", "deviation of its first bias", 0, "m/s²"),
    .size("accel_walk", "random walk of its bias", 0, "m/s³/√Hz")
  ) { rateNoise, rateBias, rateWalk, forceNoise, forceBias, forceWalk in
    InertialSensor(
      gyroscope: NoiseModel(.density(rateNoise), bias: rateBias, walk: rateWalk),
      accelerometer: NoiseModel(.density(forceNoise), bias: forceBias, walk: forceWalk))
  }
}

extension Parameter<Double> {
  /// The size of an error, 0 or more.
  static func size(
    _ name: String, _ summary: String, _ initial: Double, _ unit: String
  ) -> Self {
    .number(name, summary, unit: unit, in: .atLeast(0), default: initial)
  }

  /// The share of measurements that are lost.
  static var dropout: Self {
    .number("dropout", "the share of measurements that are lost", in: .within(0...1), default: 0)
  }
}
