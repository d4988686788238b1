import Drone
import FlightLogs
import Identification
import SpatialMath
import Testing

/// What is found of vehicles whose constants are known, by other means or because we made them.
struct IdentificationTests {
  private func findings(
    _ logs: [FlightLog], base: String = "cf2x_L250"
  ) throws -> (FlightIdentification, QuadcopterModel, [Constant: FlightIdentification.Finding]) {
    let model = try ModelCatalogue.standard.model(named: base)
    let found = try FlightIdentification(logs, base: model, pool: RealFlights.pool)
    return (
      found, model, Dictionary(uniqueKeysWithValues: found.findings.map { ($0.constant, $0) })
    )
  }

  @Test("60 s of simulated excitation tell the constants that made them")
  func ownFlight() throws {
    let truth = try ModelTests.model()
    let flight = try MadeFlight(truth, duration: 60, seed: 1, noisy: true)
    let (found, base, values) = try findings([flight.log])
    #expect(found.usesExcitation)
    let model = found.model(from: base)
    func expect(_ name: String, _ path: (QuadcopterModel) -> Double, within share: Double) {
      let off = path(model) / path(truth) - 1
      #expect(abs(off) < share, "\(name) is off by \(100 * off) %")
    }
    expect("thrust", { $0.meanThrust.coefficient / $0.mass }, within: 0.03)
    expect("roll", { $0.meanThrust.coefficient / $0.inertia.x }, within: 0.03)
    expect("pitch", { $0.meanThrust.coefficient / $0.inertia.y }, within: 0.03)
    expect("rise", { $0.rotorLag.riseRate }, within: 0.03)
    expect("fall", { $0.rotorLag.fallGain }, within: 0.03)
    expect("yaw torque", { $0.rotors[0].torque.coefficient }, within: 0.03)
    expect("rotor inertia", { $0.rotorInertia }, within: 0.03)
    // One flight tells the speed moment to 2.5 %, and rate damping, 3 % of the torque, to 0.14 1/s.
    expect("speed moment, roll", { $0.air.speedMoment.x / $0.inertia.x }, within: 0.05)
    expect("speed moment, pitch", { $0.air.speedMoment.y / $0.inertia.y }, within: 0.05)
    for damping in [Constant.rollDamping, .pitchDamping] {
      #expect(abs((values[damping]?.value ?? .nan) - 1.1) < 0.3)
    }
    #expect(abs((values[.deadTime]?.value ?? .nan) - 2) < 1)
  }

  @Test(
    "the logs of December 2021 tell the constants that were found of them, within the spreads",
    .enabled(if: RealFlights.isWhole))
  func december() throws {
    // By other regressions, with the spreads of those: Documentation/Truth.md.
    let known: [Constant: (value: Double, spread: Double)] = [
      .thrust: (0.966, 0.012), .rollGain: (0.98, 0.02), .pitchGain: (0.93, 0.02),
      .rise: (18.8, 0.8), .fall: (2.31, 0.10), .deadTime: (2, 2), .rollSpeedMoment: (24, 1.1),
      .pitchSpeedMoment: (24, 1.1), .rollDamping: (1.1, 0.5), .pitchDamping: (1.1, 0.5),
      .yawTorque: (0.53, 0.07), .rotorInertia: (1.45, 0.05),
    ]
    let (_, _, values) = try findings(try RealFlights.logs("phoenix_circle"))
    for (constant, (value, spread)) in known {
      let found = try #require(values[constant])
      let both = (found.spread * found.spread + spread * spread).squareRoot()
      #expect(
        abs(found.value - value) < 2 * both, "\(constant): \(found.value) ± \(found.spread)")
    }
  }

  @Test("a model that is written keeps what the logs did not tell")
  func untold() throws {
    let flight = try MadeFlight(ModelTests.model(), duration: 24, seed: 2, noisy: true)
    let (found, base, _) = try findings([flight.log])
    let model = found.model(from: base)
    for finding in found.findings where finding.verdict == .untold {
      switch finding.constant {
      case .drag: #expect(model.air.linearDragXY == base.air.linearDragXY)
      case .rollDamping: #expect(model.air.rateDamping.x == base.air.rateDamping.x)
      case .pitchDamping: #expect(model.air.rateDamping.y == base.air.rateDamping.y)
      default: break
      }
    }
    #expect(model.mass == base.mass && model.inertia.z == base.inertia.z)
    let text = try model.urdf(comment: "made")
    #expect(text.contains("speed_moment"))
  }

  @Test("too little to identify by is refused")
  func refuses() throws {
    let flight = try MadeFlight(ModelTests.model(), duration: 2, seed: 2, noisy: false)
    let error = #expect(throws: IdentificationError.self) { try findings([flight.log]) }
    #expect(try #require(error).description.hasPrefix("the logs hold less than 20 s of flight"))
  }
}
