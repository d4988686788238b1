import Drone
import Geometry
import Randomness
import Simulation
import SpatialMath
import Testing

func cf2x() throws -> QuadcopterModel {
  try ModelCatalogue.standard.model(named: "cf2x")
}

/// Physics without air, and without anything to touch.
func vacuum(gravity: Double = 9.81) -> FlightPhysics {
  var physics = FlightPhysics.accurate(dynamics: .explicit)
  physics.gravity = gravity
  return physics
}

func tumbling(_ random: inout SplitMix64, rate: Double) -> DroneState<Double> {
  func vector<F: Frame>(_ size: Double) -> Vector<F, Double> {
    Vector(
      random.uniform(in: -size...size), random.uniform(in: -size...size),
      random.uniform(in: -size...size))
  }
  return DroneState(
    position: vector(1),
    attitude: Rotation(RollPitchYaw(roll: random.uniform(in: -3...3), pitch: 0.5, yaw: 1)),
    velocity: vector(2), bodyRates: vector(rate))
}

/// The angular momentum in the world, and the energy of turning.
func spin(
  of state: DroneState<Double>, _ model: QuadcopterModel
) -> (momentum: Vector<World, Double>, energy: Double) {
  let momentum = model.inertia.scaled(by: state.bodyRates)
  return (state.attitude(momentum), 0.5 * momentum.dot(state.bodyRates))
}

struct FreeFlightTests {
  /// Semi-implicit Euler falls z₀ − g dt² n (n + 1) / 2 in n steps, exactly.
  @Test("falls as semi-implicit Euler says", arguments: [60.0, 240, 1000])
  func falls(frequency: Double) throws {
    let start = DroneState<Double>(position: Vector(0, 0, 100), velocity: Vector(1, 2, 3))
    var simulator = try Simulator(
      models: [cf2x()], states: [start], physics: vacuum(), frequency: frequency)
    let n = Int(frequency)
    simulator.advance(steps: n)
    let state = simulator.swarm[0]
    let drop = 9.81 / (frequency * frequency) * Double(n * (n + 1)) / 2
    #expect(abs(state.position.z - (103 - drop)) < 1e-11)
    #expect(abs(state.position.x - 1) < 1e-11 && abs(state.position.y - 2) < 1e-11)
    #expect(abs(state.velocity.z - (3 - 9.81)) < 1e-11)
  }

  /// One body in two frames: that of its principal axes, and one turned against it.
  @Test("a body tumbles alike whatever its frame is, in the air and on the floor", arguments: 1...5)
  func turnedAxes(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var plain = try cf2x()
    plain.inertia = Vector(1.4e-5, 1.9e-5, 2.7e-5)
    plain.collisionShape = .box(size: Vector(0.08, 0.06, 0.03))
    plain.rotors = plain.rotors.map { rotor in
      var rotor = rotor
      // All in the centre, so that thrust has no arm in either frame.
      rotor.position = .zero
      return rotor
    }
    let turn = Rotation<Body, Body, Double>(
      rotationVector: Vector(
        random.uniform(in: -1...1), random.uniform(in: -1...1), random.uniform(in: -1...1)))
    // From the plain body's frame, which is that of the principal axes, to the turned one.
    var turned = plain
    turned.principalAxes = turn
    turned.collisionShape = .compound([PlacedShape(plain.collisionShape, attitude: turn)])
    var start = tumbling(&random, rate: 20)
    start.position = Vector(0, 0, 1)
    var other = start
    other.attitude = start.attitude.after(turn.inverse)
    other.bodyRates = turn(start.bodyRates)
    var physics = FlightPhysics.accurate()
    // Drones with turned axes meet the floor by Bullet: so does the other here.
    physics.isFloorBullets = true
    func end(_ model: QuadcopterModel, _ state: DroneState<Double>) throws -> DroneState<Double> {
      var simulator = try Simulator(
        models: [model], states: [state], physics: physics, frequency: 960)
      // Half a second to the floor, and the first tumbles on it.
      simulator.advance(steps: 960 * 7 / 10)
      #expect(simulator.mostContacts(of: 0) > 0 || simulator.swarm[0].position.z > 0.01)
      return simulator.swarm[0]
    }
    let (a, b) = (try end(plain, start), try end(turned, other))
    // Contacts are solved to within 1e-7 m/s, and each impact makes ten times as much of a difference.
    #expect((a.position - b.position).norm < 1e-3, "seed \(seed)")
    #expect((a.velocity - b.velocity).norm < 1e-2, "seed \(seed)")
    #expect((turn(a.bodyRates) - b.bodyRates).norm < 1, "seed \(seed)")
  }

  @Test("a body about a principal axis keeps turning", arguments: 0..<3)
  func principalAxes(axis: Int) throws {
    let rates = [Vector<Body, Double>(20, 0, 0), Vector(0, 20, 0), Vector(0, 0, 20)][axis]
    let start = DroneState<Double>(bodyRates: rates)
    var simulator = try Simulator(
      models: [cf2x()], states: [start], physics: vacuum(gravity: 0), frequency: 240)
    simulator.advance(steps: 2400)
    let state = simulator.swarm[0]
    #expect(state.bodyRates == rates)
    // 20 rad/s for 10 s: 200 rad, about the same axis.
    let expected = Rotation<Body, Body, Double>(rotationVector: 10 * rates)
    let v = Vector<Body, Double>(1, 2, 3)
    let (a, b) = (state.attitude(v), expected(v))
    #expect(abs(a.x - b.x) + abs(a.y - b.y) + abs(a.z - b.z) < 1e-10)
  }

  /// An axisymmetric body in free rotation: ω_z stays, and (ω_x, ω_y) turns at (Iz/Ix − 1) ω_z.
  @Test("a free top's wobble turns at the closed form's rate")
  func precession() throws {
    let start = DroneState<Double>(bodyRates: Vector(3, 0, 20))
    var simulator = try Simulator(
      models: [cf2x()], states: [start], physics: vacuum(gravity: 0), frequency: 1000)
    simulator.advance(steps: 1000)
    // Third order: λ⁴/24 a step with λ = 0.011 rad, 2e-6 over 1,000 steps, was measured.
    let angle = (2.17 / 1.4 - 1) * 20
    let rates = simulator.swarm[0].bodyRates
    #expect(abs(rates.z - 20) < 1e-12)
    #expect(abs(rates.x - 3 * angle.cosine()) < 5e-6)
    #expect(abs(rates.y - 3 * angle.sine()) < 5e-6)
  }

  @Test(
    "turning without torque gains no energy, and loses little", arguments: 0..<50 as Range<UInt64>)
  func energy(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var model = try cf2x()
    model.inertia = Vector(1.4e-5, 1.9e-5, 2.6e-5)
    let start = tumbling(&random, rate: 40)
    var simulator = try Simulator(
      models: [model], states: [start], physics: vacuum(gravity: 0), frequency: 240)
    let before = spin(of: start, model).energy
    for _ in 0..<240 {
      simulator.advance()
      let after = spin(of: simulator.swarm[0], model).energy
      #expect(after <= before * (1 + 1e-12))
      #expect(after >= before * 0.98)
    }
  }

  @Test("the gyroscopic term does no work", arguments: 0..<100 as Range<UInt64>)
  func gyroscopicTermDoesNoWork(seed: UInt64) throws {
    // Over one very short step the change of energy is of second order in its length.
    var random = SplitMix64(seed: seed)
    let (model, start) = (try cf2x(), tumbling(&random, rate: 30))
    for physics in [vacuum(gravity: 0), FlightPhysics.gpd(dynamics: .explicit)] {
      var simulator = try Simulator(
        models: [model], states: [start], physics: physics, frequency: 1e6)
      simulator.advance()
      let (before, after) = (spin(of: start, model), spin(of: simulator.swarm[0], model))
      #expect(abs(after.energy / before.energy - 1) < 1e-8)
    }
  }

  @Test("angular momentum in the world is kept, to first order in the step")
  func angularMomentum() throws {
    var random = SplitMix64(seed: 11)
    let (model, start) = (try cf2x(), tumbling(&random, rate: 20))
    func drift(_ frequency: Double) throws -> Double {
      var simulator = try Simulator(
        models: [model], states: [start], physics: vacuum(gravity: 0), frequency: frequency)
      simulator.advance(steps: Int(frequency))
      let (before, after) = (spin(of: start, model), spin(of: simulator.swarm[0], model))
      return (after.momentum - before.momentum).norm / before.momentum.norm
    }
    let (coarse, fine) = (try drift(1000), try drift(4000))
    #expect(coarse < 0.1 && fine < 0.3 * coarse)
  }

  @Test("halving the step halves the error of a powered tumble")
  func convergesWithTheStep() throws {
    let model = try cf2x()
    func end(_ frequency: Double) throws -> Vector<World, Double> {
      var simulator = try Simulator(
        models: [model], states: [DroneState(bodyRates: Vector(1, 2, 3))], physics: vacuum(),
        frequency: frequency)
      simulator.command(0, rotorSpeeds: PerRotor(14_000, 14_050, 14_100, 14_020))
      simulator.advance(steps: Int(frequency) / 2)
      return simulator.swarm[0].position
    }
    let exact = try end(128_000)
    let errors = try [500.0, 1000, 2000].map { (try end($0) - exact).norm }
    for (coarse, fine) in zip(errors, errors.dropFirst()) {
      #expect(abs(coarse / fine - 2) < 0.1)
    }
  }
}
