import Drone
import SpatialMath
import Testing

/// What holds of every model in the catalogue, from the day its file is added.
struct EveryModelTests {
  static let names = ModelCatalogue.standard.names

  private func model(_ name: String) throws -> QuadcopterModel {
    try ModelCatalogue.standard.model(named: name)
  }

  @Test("the catalogue has the three models of gym-pybullet-drones")
  func hasTheClassics() { #expect(Set(Self.names).isSuperset(of: ["cf2x", "cf2p", "racer"])) }

  @Test(
    "a name that no model has is refused, with the one that was meant or all that there are",
    arguments: [
      ("cf2X", "did you mean 'cf2x'?"), ("racr", "did you mean 'racer'?"),
      ("zeppelin", "there are \(names.joined(separator: ", "))"),
      ("", "there are \(names.joined(separator: ", "))"),
      ("../Drones/cf2x", "there are \(names.joined(separator: ", "))"),
    ])
  func unknownIsRefused(name: String, advice: String) {
    let error = #expect(throws: ModelError.self) { try model(name) }
    #expect(error?.description == "\(name).urdf: there is no model '\(name)'; \(advice)")
  }

  @Test("hovers at the weight, below its highest rotor speed", arguments: names)
  func hovers(name: String) throws {
    let model = try model(name)
    let parameters = DroneParameters(model)
    let speed = model.hoverRotorSpeed(gravity: 9.8)
    #expect(speed < model.maximumRotorSpeed)
    let thrust = RotorThrust(speeds: PerRotor(repeating: speed), parameters: parameters)
    #expect(abs(thrust.total / (model.mass * 9.8) - 1) < 1e-12)
    #expect(thrust.wrench.torque.norm < 1e-6 * thrust.total)
    #expect(abs(model.maximumThrust / (model.mass * 9.8) - model.thrustToWeight) < 1e-9)
  }

  @Test("thrust and three torques can be chosen freely", arguments: names)
  func hasFullRank(name: String) throws {
    let parameters = DroneParameters(try model(name))
    var rows: [[Double]] = []
    for rotor in 0..<4 {
      var speeds = PerRotor(repeating: 0.0)
      speeds[rotor] = 10_000
      let thrust = RotorThrust(speeds: speeds, parameters: parameters)
      let torque = thrust.wrench.torque
      // In units of the arm, so that the determinant has no scale.
      rows.append(
        [
          thrust.total, torque.x / parameters.arm, torque.y / parameters.arm,
          torque.z * thrust.total / parameters.torqueCurves[0].value(at: 10_000),
        ].map { $0 / thrust.total })
    }
    #expect(abs(determinant(rows)) > 1)
  }

  @Test("numbers of cf2x as gym-pybullet-drones derives them")
  func derivedNumbers() throws {
    let model = try model("cf2x")
    #expect(abs(model.hoverRotorSpeed(gravity: 9.8) - 14468.429183500699) < 1e-9)
    #expect(abs(model.maximumRotorSpeed - 21702.64377525105) < 1e-9)
    #expect(abs(model.groundEffectFloor - 0.03776371349209501) < 1e-15)
  }

  private func determinant(_ m: [[Double]]) -> Double {
    guard m.count > 1 else { return m[0][0] }
    return m.indices.map { column in
      let minor = m.dropFirst().map { row in
        row.indices.filter { $0 != column }.map { row[$0] }
      }
      return (column % 2 == 0 ? 1 : -1) * m[0][column] * determinant(minor)
    }.reduce(0, +)
  }
}
