import Drone
import Parameters
import Randomness
import SpatialMath
import Testing

/// A swarm for tests: cf2x at some states, rotors at hover unless said otherwise.
func swarm(
  _ states: [DroneState<Double>], rotorSpeed: Double = 14468
) throws -> Swarm {
  let model = try ModelCatalogue.standard.model(named: "cf2x")
  var swarm = Swarm(parameters: states.map { _ in DroneParameters(model) })
  for (drone, state) in states.enumerated() { swarm[drone] = state }
  for group in swarm.groups {
    swarm.stepValues[group].attitude = RotationMatrix(swarm.states[group].attitude)
    let speeds = PerRotor(repeating: DroneLanes(rotorSpeed))
    swarm.stepValues[group].rotorSpeeds = speeds
    swarm.stepValues[group].rotorThrust = RotorThrust(
      speeds: speeds, parameters: swarm.parameters[group])
  }
  return swarm
}

/// The wrench of an effect on each drone of a swarm.
func wrenches(
  _ effect: any AerodynamicEffect, on swarm: Swarm
) -> [(force: Vector<Body, Double>, torque: Vector<Body, Double>)] {
  var swarm = swarm
  switch effect.kind {
  case .pair(let effect): effect.doubles.addAllPairs(&swarm.doubles)
  case .local(let effect):
    unsafe swarm.doubles.withGroups { groups in
      for group in unsafe 0..<groups.count {
        unsafe effect.add(to: &groups.values[group].wrench, on: groups.condition(of: group))
      }
    }
  }
  return (0..<swarm.count).map {
    let (wrench, lane) = (
      swarm.stepValues[$0 / DroneLanes.laneCount].wrench, $0 % DroneLanes.laneCount
    )
    return (wrench.force[lane: lane], wrench.torque[lane: lane])
  }
}

func randomState(_ random: inout SplitMix64, size: Double = 1) -> DroneState<Double> {
  func vector<F: Frame>(_ size: Double) -> Vector<F, Double> {
    Vector(
      random.uniform(in: -size...size), random.uniform(in: -size...size),
      random.uniform(in: -size...size))
  }
  return DroneState(
    position: vector(size) + Vector(0, 0, size + 0.1),
    attitude: Rotation(
      RollPitchYaw(
        roll: random.uniform(in: -3...3), pitch: random.uniform(in: -1.5...1.5),
        yaw: random.uniform(in: -3...3))),
    velocity: vector(3), bodyRates: vector(5),
    rotorSpeeds: PerRotor(repeating: random.uniform(in: 0...20_000)))
}

struct RotorDragTests {
  @Test("F = −ΣΩ k v, worked by hand")
  func matchesTheFormula() throws {
    let moving = DroneState<Double>(velocity: Vector(2, 0, -1))
    let force = wrenches(RotorDrag(), on: try swarm([moving], rotorSpeed: 30 / .pi))[0].force
    #expect(abs(force.x - -4 * 9.1785e-7 * 2) < 1e-18)
    #expect(abs(force.z - 4 * 1.0311e-6) < 1e-18 && force.y == 0)
  }

  @Test("takes energy out, never in", arguments: 0..<100 as Range<UInt64>)
  func opposesMotion(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let state = randomState(&random)
    for axes in [RotorDrag.Axes.body, .world] {
      let force = wrenches(RotorDrag(along: axes), on: try swarm([state]))[0].force
      #expect(state.attitude(force).dot(state.velocity) < 0)
    }
  }

  @Test("along the body's axes it turns with the body; along the world's it does not")
  func axesDiffer() throws {
    let tilted = DroneState<Double>(
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: -.pi / 2, yaw: 0)),
      velocity: Vector(0, 0, 1))
    let body = wrenches(RotorDrag(along: .body), on: try swarm([tilted]))[0].force
    let world = wrenches(RotorDrag(along: .world), on: try swarm([tilted]))[0].force
    #expect(abs(body.norm / world.norm - 9.1785 / 10.311) < 1e-12)
  }
}

struct GroundEffectTests {
  private func gain(at height: Double, attitude: RollPitchYaw<Double>? = nil) throws -> Double {
    let state = DroneState<Double>(
      position: Vector(0, 0, height), attitude: attitude.map { Rotation($0) } ?? .identity)
    return wrenches(GroundEffect(), on: try swarm([state], rotorSpeed: 10_000))[0].force.z
  }

  @Test("ΔT = cG (R/4h)² T, worked by hand")
  func matchesTheFormula() throws {
    let expected = 4 * 0.0316 * 11.36859 * (0.0231348 / 0.4) * (0.0231348 / 0.4)
    #expect(abs(try gain(at: 0.1) / expected - 1) < 1e-12)
  }

  @Test("falls with the square of the height", arguments: [0.1, 0.25, 0.5, 1, 2])
  func fallsWithTheSquareOfTheHeight(height: Double) throws {
    #expect(abs(try gain(at: height) / gain(at: 2 * height) - 4) < 1e-12)
  }

  @Test("is bounded towards the floor, and nothing upside down")
  func isBounded() throws {
    #expect(try gain(at: 0.01) == gain(at: 0.03776))
    #expect(try gain(at: -5) == gain(at: 0.01))
    #expect(try gain(at: 0.1, attitude: RollPitchYaw(roll: 2, pitch: 0, yaw: 0)) == 0)
  }

  @Test("lifts the lower rotors more: it rights a drone that banks")
  func rightsABankedDrone() throws {
    let banked = DroneState<Double>(
      position: Vector(0, 0, 0.1),
      attitude: Rotation(RollPitchYaw(roll: 0.2, pitch: 0, yaw: 0)))
    #expect(wrenches(GroundEffect(), on: try swarm([banked]))[0].torque.x < 0)
    let nosedown = DroneState<Double>(
      position: Vector(0, 0, 0.1),
      attitude: Rotation(RollPitchYaw(roll: 0, pitch: 0.2, yaw: 0)))
    #expect(wrenches(GroundEffect(), on: try swarm([nosedown]))[0].torque.y < 0)
  }

  @Test("above a surface it is the height above it that counts")
  func countsFromTheSurface() throws {
    var raised = try swarm([DroneState(position: Vector(0, 0, 1.1))])
    raised.stepValues[0].surfaceHeight = DroneLanes(1)
    let low = try swarm([DroneState(position: Vector(0, 0, 0.1))])
    let (a, b) = (wrenches(GroundEffect(), on: raised)[0], wrenches(GroundEffect(), on: low)[0])
    #expect(abs(a.force.z / b.force.z - 1) < 1e-12)
    let absolute = wrenches(GroundEffect(height: .absolute), on: raised)[0]
    #expect(absolute.force.z < 0.01 * a.force.z)
  }
}

struct DownwashTests {
  private func push(
    _ law: Downwash.Law, below height: Double, aside: Double = 0, rotorSpeed: Double = 14468.43
  ) throws -> Double {
    let states = [
      DroneState<Double>(position: Vector(0, 0, 0)),
      DroneState<Double>(position: Vector(aside, 0, height)),
    ]
    return wrenches(Downwash(law), on: try swarm(states, rotorSpeed: rotorSpeed))[0].force.z
  }

  @Test("the fit, worked by hand")
  func fitMatchesTheFormula() throws {
    let expected = -2267.18 * (0.0231348 / 4) * (0.0231348 / 4) * 0.36787944117144233
    let aside = (0.16 - 0.11) * 2.0.squareRoot()
    #expect(abs(try push(.fit, below: 1, aside: aside) / expected - 1) < 1e-12)
  }

  @Test(
    "the jet is as far from the fit as its documentation says",
    arguments: [(0.75, 0.11), (1, 0.04), (1.5, 0.01), (3, 0.001)])
  func jetIsNearTheFit(height: Double, share: Double) throws {
    let ratio = try push(.jet, below: height) / push(.fit, below: height)
    #expect(ratio < 1 && ratio > 1 - share - 0.005)
  }

  @Test("the jet is finite, and never harder than what drives it, at any height")
  func jetIsFinite() throws {
    for step in 0...2000 {
      let height = Double(step) / 1000 + 1e-9
      let force = try push(.jet, below: height)
      #expect(force.isFinite && force >= -0.027 * 9.8 * (1 + 1e-6), "at \(height) m")
    }
  }

  @Test("the jet grows with the thrust above and vanishes without")
  func jetFollowsThrust() throws {
    let hover = try push(.jet, below: 1)
    #expect(abs(try push(.jet, below: 1, rotorSpeed: 28936.86) / hover - 4) < 1e-9)
    #expect(try push(.jet, below: 1, rotorSpeed: 0) == 0)
  }

  @Test("the fit is finite even where its width vanishes")
  func fitIsFinite() throws {
    #expect(try push(.fit, below: 0.6875).isFinite)
    #expect(try push(.fit, below: 0.6875, aside: 0.01) == 0)
  }

  @Test("pushes on the drone below alone")
  func onlyBelow() throws {
    let both = try swarm([
      DroneState(position: Vector(0, 0, 0)), DroneState(position: Vector(0, 0, 1)),
    ])
    for law in [Downwash.Law.jet, .fit] {
      let forces = wrenches(Downwash(law), on: both)
      #expect(forces[0].force.z < 0 && forces[1].force.norm == 0)
    }
  }
}

/// What holds of every effect in the catalogue, for drones that move in any way at all.
struct EveryEffectTests {
  static let entries = EffectCatalogue.standard.names.flatMap { name in
    PhysicsPreset.allCases.map { (name, $0) }
  }

  private func effect(_ entry: (String, PhysicsPreset)) throws -> any AerodynamicEffect {
    try #require(EffectCatalogue.standard.entries.first { $0.name == entry.0 }).effect(entry.1)
  }

  @Test("is finite, also for drones of the same height", arguments: entries)
  func isFinite(name: String, preset: PhysicsPreset) throws {
    let effect = try effect((name, preset))
    for seed in 0..<100 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      var states = (0..<11).map { _ in randomState(&random) }
      states.append(states[0])
      for wrench in wrenches(effect, on: try swarm(states)) {
        #expect(wrench.force.isFinite && wrench.torque.isFinite, "seed \(seed)")
      }
    }
  }

  @Test("does not care in which order the drones stand", arguments: entries)
  func ignoresTheOrder(name: String, preset: PhysicsPreset) throws {
    let effect = try effect((name, preset))
    for seed in 0..<50 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let states = (0..<13).map { _ in randomState(&random) }
      let forward = wrenches(effect, on: try swarm(states))
      let backward = wrenches(effect, on: try swarm(states.reversed()))
      for drone in states.indices {
        let (a, b) = (forward[drone], backward[states.count - 1 - drone])
        #expect((a.force - b.force).norm <= 1e-12 * (1 + a.force.norm), "seed \(seed)")
        #expect((a.torque - b.torque).norm <= 1e-12, "seed \(seed)")
      }
    }
  }
}
