import Drone
import Parameters
import Randomness
import SpatialMath
import Testing

/// The effects that only some models have numbers for.
struct ModelEffectTests {
  private static let effects: [any ModelEffect] = [SpeedMoment(), RateDamping(), TorqueNoise()]

  private static func model() throws -> QuadcopterModel {
    var model = try ModelCatalogue.standard.model(named: "cf2x")
    model.air.speedMoment = Vector(4e-4, 3e-4, 0)
    model.air.rateDamping = Vector(2e-5, 1e-5, 5e-6)
    model.air.torqueNoise = Vector(4e-5, 5e-5, 6e-6)
    return model
  }

  /// The torque of an effect on one drone in moving, noisy air.
  private func torque(
    _ effect: any AerodynamicEffect, on state: DroneState<Double>,
    wind: Vector<World, Double> = .zero, noise: Vector<Body, Double> = .zero
  ) throws -> Vector<Body, Double> {
    var swarm = Swarm(parameters: [DroneParameters(try Self.model())])
    swarm[0] = state
    swarm.stepValues[0].attitude = RotationMatrix(swarm.states[0].attitude)
    swarm.stepValues[0].wind = wind.map { DroneLanes($0) }
    swarm.stepValues[0].noise = noise.map { DroneLanes($0) }
    let wrench = wrenches(effect, on: swarm)[0]
    #expect(wrench.force == .zero)
    return wrench.torque
  }

  @Test("the speed moment is (c₁ u_y, −c₂ u_x, 0) of the velocity through the air")
  func speedMoment() throws {
    let moving = DroneState<Double>(velocity: Vector(2, -1, 5))
    #expect(try torque(SpeedMoment(), on: moving) == Vector(4e-4 * -1, -(3e-4 * 2), 0))
    #expect(
      try torque(SpeedMoment(), on: moving, wind: Vector(1, -3, 2)) == Vector(4e-4 * 2, -3e-4, 0))
    #expect(try torque(SpeedMoment(), on: moving, wind: moving.velocity).norm == 0)
    // Nose up by a quarter turn: what rises moves along the body's x axis.
    let upright = DroneState<Double>(
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: -.pi / 2, yaw: 0)), velocity: Vector(0, 0, 1))
    #expect((try torque(SpeedMoment(), on: upright) - Vector(0, -3e-4, 0)).norm < 1e-18)
  }

  @Test("rate damping is −d ω, whatever the air does, and takes energy out")
  func rateDamping() throws {
    let turning = DroneState<Double>(velocity: Vector(3, 2, 1), bodyRates: Vector(2, -1, 4))
    let torque = try torque(RateDamping(), on: turning, wind: Vector(5, 5, 5))
    #expect((torque - Vector(-4e-5, 1e-5, -2e-5)).norm < 1e-20)
    #expect(torque.dot(turning.bodyRates) < 0)
  }

  @Test("torque noise is its root mean square times noise of variance 1")
  func torqueNoise() throws {
    let torque = try torque(TorqueNoise(), on: DroneState(), noise: Vector(1, -2, 0.5))
    #expect((torque - Vector(4e-5, -1e-4, 3e-6)).norm < 1e-20)
  }

  /// A mirror turns round what is across it of a vector, and what is along it of a torque.
  @Test("mirrored motion in mirrored air feels the mirrored torque", arguments: effects.indices)
  func mirror(index: Int) throws {
    for seed in 0..<100 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let state = randomState(&random)
      let wind = randomState(&random).velocity
      let noise = randomState(&random).bodyRates
      var other = state
      let q = state.attitude
      other.attitude = Rotation(x: -q.x, y: q.y, z: -q.z, w: q.w)
      other.velocity.y = -state.velocity.y
      other.bodyRates = Vector(-state.bodyRates.x, state.bodyRates.y, -state.bodyRates.z)
      let a = try torque(Self.effects[index], on: state, wind: wind, noise: noise)
      let b = try torque(
        Self.effects[index], on: other, wind: Vector(wind.x, -wind.y, wind.z),
        noise: Vector(-noise.x, noise.y, -noise.z))
      #expect(a.norm > 0)
      #expect((b - Vector(-a.x, a.y, -a.z)).norm < 1e-15 * (1 + a.norm), "seed \(seed)")
    }
  }

  @Test("models whose files say nothing of them are left alone", arguments: effects.indices)
  func actsOnSome(index: Int) throws {
    let cf2x = try ModelCatalogue.standard.model(named: "cf2x")
    let effect = Self.effects[index]
    #expect(!effect.acts(on: [cf2x, cf2x]))
    #expect(effect.acts(on: [cf2x, try Self.model()]))
    #expect(RotorDrag().acts(on: [cf2x]))
  }
}
