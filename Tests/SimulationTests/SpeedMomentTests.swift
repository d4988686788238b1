import Drone
import Simulation
import SpatialMath
import Testing

/// What the torques of moving and turning through the air do in flight.
struct SpeedMomentTests {
  private static func model() throws -> QuadcopterModel {
    var model = try ModelCatalogue.standard.model(named: "cf2x_L250")
    model.air.speedMoment = Vector(4e-4, 4.2e-4, 0)
    model.air.rateDamping = Vector(1.8e-5, 1.9e-5, 1e-5)
    (model.air.linearDragXY, model.air.linearDragZ) = (0.0126, 0.0126)
    return model
  }

  private func simulator(
    _ model: QuadcopterModel, _ start: DroneState<Double>,
    effects: [any AerodynamicEffect] = [RotorDrag(), SpeedMoment(), RateDamping()],
    wind: Vector<World, Double> = .zero, frequency: Double = 1000
  ) throws -> Simulator {
    var simulator = try Simulator(
      models: [model], states: [start],
      physics: .accurate(dynamics: .explicit, effects: effects), frequency: frequency,
      wind: Wind(mean: wind))
    simulator.command(0, rotorSpeeds: start.rotorSpeeds)
    return simulator
  }

  /// With drag D along all axes a craft stands in wind w along x, tilted by θ against it, with
  /// tan θ = −D w / (m g) and the thrust √((m g)² + (D w)²), while rotors make the pitch torque
  /// −c w cos θ that holds against the air's.
  @Test("a craft in wind stands still at the tilt and with the torque of the closed form")
  func equilibrium() throws {
    let model = try Self.model()
    let (weight, wind) = (model.mass * 9.81, 1.5)
    let push = 0.0126 * wind
    let pitch = -Double.arcTangent(y: push, x: weight)
    let thrust = (weight * weight + push * push).squareRoot()
    let torque = -4.2e-4 * wind * pitch.cosine()
    let curve = model.rotors[0].thrust
    let (front, back) = (
      curve.speed(for: (thrust - torque / 0.03253) / 4),
      curve.speed(for: (thrust + torque / 0.03253) / 4)
    )
    let start = DroneState<Double>(
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: pitch, yaw: 0)),
      rotorSpeeds: PerRotor(front, back, back, front))
    var standing = try simulator(model, start, wind: Vector(wind, 0, 0))
    var moving = try simulator(model, start.moving(-wind))
    for _ in 0..<50 {
      standing.advance()
      moving.advance()
    }
    #expect(standing.swarm[0].velocity.norm < 1e-12 && standing.swarm[0].bodyRates.norm < 1e-12)
    // Flight through still air is the same as standing in wind.
    #expect((moving.swarm[0].velocity - Vector(-wind, 0, 0)).norm < 1e-12)
    var bare = try simulator(
      model, start, effects: [RotorDrag(), RateDamping()], wind: Vector(wind, 0, 0))
    bare.advance(steps: 50)
    #expect(bare.swarm[0].bodyRates.norm > 0.1)
  }

  @Test("it brakes: a level craft that moves tilts back, and slows down")
  func brakes() throws {
    let model = try Self.model()
    let speed = model.hoverRotorSpeed(gravity: 9.81)
    for direction in [Vector<World, Double>(1, 0, 0), Vector(0, 1, 0), Vector(-0.6, 0.8, 0)] {
      let start = DroneState<Double>(
        velocity: direction, rotorSpeeds: PerRotor(repeating: speed))
      var flight = try simulator(model, start, effects: [SpeedMoment()])
      flight.advance(steps: 100)
      let state = flight.swarm[0]
      #expect(state.attitude(Vector(0, 0, 1)).x * direction.x <= 0)
      #expect(state.attitude(Vector(0, 0, 1)).y * direction.y <= 0)
      #expect(state.velocity.dot(direction) < 0.995)
    }
  }

  /// A step multiplies a rate about a principal axis by 1 − d dt / I.
  @Test("a rate about each axis falls as exp(−d t / I)", arguments: [0, 1, 2])
  func decays(axis: Int) throws {
    let model = try Self.model()
    var numbers = [0.0, 0, 0]
    numbers[axis] = 3
    let start = DroneState<Double>(bodyRates: Vector(numbers[0], numbers[1], numbers[2]))
    var flight = try simulator(model, start, effects: [RateDamping()])
    flight.advance(steps: 1000)
    let rates = flight.swarm[0].bodyRates
    let (damping, inertia) = (
      [1.8e-5, 1.9e-5, 1e-5][axis], [model.inertia.x, model.inertia.y, model.inertia.z][axis]
    )
    let share = 1 - 1e-3 * damping / inertia
    let expected = (0..<1000).reduce(3.0) { rate, _ in rate * share }
    #expect(abs([rates.x, rates.y, rates.z][axis] - expected) < 1e-12)
    #expect(abs(expected / (3 * (-damping / inertia).exponential()) - 1) < 1e-3)
    #expect(abs(rates.norm - expected) < 1e-12)
  }

  @Test("a mirrored flight in mirrored wind is the mirror image")
  func mirror() throws {
    let model = try Self.model()
    let start = DroneState<Double>(
      attitude: Rotation(RollPitchYaw(roll: 0.2, pitch: -0.1, yaw: 0.3)),
      velocity: Vector(0.5, 0.8, -0.2), bodyRates: Vector(0.4, -0.3, 0.2),
      rotorSpeeds: PerRotor(17_000, 17_500, 18_000, 16_500))
    let image = start.mirrored
    var a = try simulator(model, start, wind: Vector(1, -0.5, 0.2))
    var b = try simulator(model, image, wind: Vector(1, 0.5, 0.2))
    a.command(0, rotorSpeeds: PerRotor(18_000, 17_000, 16_000, 19_000))
    b.command(0, rotorSpeeds: PerRotor(19_000, 16_000, 17_000, 18_000))
    a.advance(steps: 300)
    b.advance(steps: 300)
    let (one, other) = (a.swarm[0].mirrored, b.swarm[0])
    #expect((one.position - other.position).norm < 1e-11)
    #expect((one.velocity - other.velocity).norm < 1e-11)
    #expect((one.bodyRates - other.bodyRates).norm < 1e-10)
  }
}

extension DroneState<Double> {
  /// The same state with a velocity along x. [m/s]
  fileprivate func moving(_ speed: Double) -> Self {
    var state = self
    state.velocity = Vector(speed, 0, 0)
    return state
  }

  /// The image in a mirror through the xz plane, its rotors' left and right exchanged.
  fileprivate var mirrored: Self {
    var image = self
    image.position.y = -position.y
    image.velocity.y = -velocity.y
    let q = attitude
    image.attitude = Rotation(x: -q.x, y: q.y, z: -q.z, w: q.w)
    image.bodyRates = Vector(-bodyRates.x, bodyRates.y, -bodyRates.z)
    image.rotorSpeeds = PerRotor(rotorSpeeds[3], rotorSpeeds[2], rotorSpeeds[1], rotorSpeeds[0])
    return image
  }
}
