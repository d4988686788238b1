import Control
import Drone
import Parameters
import Randomness
import SpatialMath
import Testing

/// What holds of every controller in the catalogue, for every model that it flies.
struct EveryControllerTests {
  struct Pair: CustomTestStringConvertible, Sendable {
    let controller: String
    let model: QuadcopterModel
    let preset: PhysicsPreset
    var testDescription: String { "\(controller) flies \(model.name), \(preset)" }

    func make() throws -> any Controller {
      let entry = try #require(ControllerCatalogue.standard[controller])
      return try entry.controller(for: model, gravity: 9.8, preset: preset)
    }
  }

  /// The firmware's laws know of no model: their numbers are those of one vehicle, whatever they fly.
  private static let firmware: Set = ["crazyflie-mellinger", "crazyflie-pid"]
  private static let knowing = pairs.filter { !firmware.contains($0.controller) }

  static let pairs: [Pair] = ControllerCatalogue.standard.names.flatMap { controller in
    ModelCatalogue.standard.names.flatMap { name in
      PhysicsPreset.allCases.compactMap { preset -> Pair? in
        guard let model = try? ModelCatalogue.standard.model(named: name) else { return nil }
        let pair = Pair(controller: controller, model: model, preset: preset)
        return (try? pair.make()) == nil ? nil : pair
      }
    }
  }

  @Test("all but the peer's own and the firmware's fly every model")
  func fliesEveryModel() {
    let all = ControllerCatalogue.standard.names.filter {
      $0 != "hummingbird" && !Self.firmware.contains($0)
    }
    for controller in all {
      let models = Self.pairs.filter { $0.controller == controller }.map(\.model.name)
      #expect(Set(models) == Set(ModelCatalogue.standard.names), "\(controller)")
    }
  }

  private func hovering(
    _ model: QuadcopterModel, _ angles: RollPitchYaw<Double> = .init(roll: 0, pitch: 0, yaw: 0)
  ) -> DroneState<Double> {
    DroneState(
      attitude: Rotation(angles),
      rotorSpeeds: PerRotor(repeating: model.hoverRotorSpeed(gravity: 9.8)))
  }

  /// The wrench that the commands would make once the rotors have followed.
  ///
  /// Asked three times, since some differentiate from zero, twice over.
  private func wrench(
    _ pair: Pair, _ state: DroneState<Double>, _ target: Vector<World, Double> = .zero
  ) throws -> Wrench<Body, Double> {
    var pilot = try pair.make()
    var speeds = PerRotor(repeating: 0.0)
    for _ in 0..<3 {
      speeds = pilot.rotorSpeeds(
        for: state, tracking: Setpoint(position: target, velocity: 0.1 * target), at: 0,
        every: 1.0 / 48)
    }
    return RotorThrust(speeds: speeds, parameters: DroneParameters(pair.model)).wrench
  }

  @Test("at rest at its setpoint it asks for hover", arguments: knowing)
  func hover(pair: Pair) throws {
    let wrench = try wrench(pair, hovering(pair.model))
    #expect(abs(wrench.force.z / (pair.model.mass * 9.8) - 1) < 1e-9)
    #expect(wrench.torque.norm < 1e-9 * wrench.force.z)
  }

  @Test("asks for torque against roll and pitch", arguments: pairs)
  func rights(pair: Pair) throws {
    let (roll, pitch) = (
      try wrench(pair, hovering(pair.model, RollPitchYaw(roll: 0.1, pitch: 0, yaw: 0))),
      try wrench(pair, hovering(pair.model, RollPitchYaw(roll: 0, pitch: 0.1, yaw: 0)))
    )
    #expect(roll.torque.x < 0 && pitch.torque.y < 0)
    #expect(abs(roll.torque.y) < 1e-6 && abs(pitch.torque.x) < 1e-6)
  }

  @Test("leans towards its setpoint, and climbs to it", arguments: pairs)
  func leans(pair: Pair) throws {
    let state = hovering(pair.model)
    #expect(try wrench(pair, state, Vector(0.2, 0, 0)).torque.y > 0)
    #expect(try wrench(pair, state, Vector(0, 0.2, 0)).torque.x < 0)
    guard pair.controller != "hummingbird", !Self.firmware.contains(pair.controller) else { return }
    #expect(try wrench(pair, state, Vector(0, 0, 0.1)).force.z > pair.model.mass * 9.8)
  }

  @Test("reset forgets everything", arguments: pairs)
  func reset(pair: Pair) throws {
    var used = try pair.make()
    var fresh = used
    var state = hovering(pair.model, RollPitchYaw(roll: 0.1, pitch: 0, yaw: 1))
    state.position = Vector(0.3, -0.2, 0.1)
    func fly(_ pilot: inout any Controller) -> PerRotor<Double> {
      pilot.rotorSpeeds(for: state, tracking: Setpoint(), at: 0, every: 0.01)
    }
    for _ in 0..<50 { _ = fly(&used) }
    used.reset()
    #expect(fly(&used) == fly(&fresh))
  }

  @Test("stays finite and not below zero in any attitude, motion and distance", arguments: pairs)
  func isFinite(pair: Pair) throws {
    var random = SplitMix64(seed: 1)
    func vector<F: Frame>(_ size: Double) -> Vector<F, Double> {
      Vector(
        random.uniform(in: -size...size), random.uniform(in: -size...size),
        random.uniform(in: -size...size))
    }
    var pilot = try pair.make()
    for _ in 0..<200 {
      let turn: Vector<World, Double> = vector(3)
      let state = DroneState<Double>(
        position: vector(1000),
        attitude: Rotation(RollPitchYaw(roll: turn.x, pitch: turn.y / 2, yaw: turn.z)),
        velocity: vector(50), bodyRates: vector(50),
        rotorSpeeds: PerRotor(repeating: random.uniform(in: 0...pair.model.maximumRotorSpeed)))
      let speeds = pilot.rotorSpeeds(
        for: state, tracking: Setpoint(position: vector(10)), at: 0, every: 1.0 / 48)
      #expect(speeds.array.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }
}
