import Swiftlet

/// The height by air pressure, with noise.
struct Barometer: Sensor {
  /// The errors of the height. [m]
  let noise: NoiseModel
  private var random = SplitMix64(seed: 0)
  private var height = 0.0

  init(noise: NoiseModel) { self.noise = noise }

  let readingNames = ["barometer"]
  let estimatorInputs = StateEstimator.Inputs.height

  mutating func reset(using random: SplitMix64) { self.random = random }

  mutating func measure(_ truth: GroundTruth, into readings: inout MutableSpan<Double>) {
    height = truth.state.position.z + noise.sample(every: truth.period, using: &random)
    readings[0] = height
  }

  func correct(_ estimator: inout StateEstimator) { estimator.correct(height: height) }
}

extension Barometer {
  static let entry = SensorCatalogue.Entry(
    name: "barometer", summary: "the height by air pressure",
    parameters: .number(
      "noise", "deviation of the height", unit: "m", in: .atLeast(0), default: 0.1)
  ) { noise in Barometer(noise: NoiseModel(.deviation(noise))) }
}
