import Configuration
import Drone
import Geometry
import Simulation
import SpatialMath

extension ScenarioSchema {
  /// Notes settings without any effect: they are hardly meant so.
  func noteWhatHasNoEffect(in flight: FlightSpecification, _ map: MappingReader) {
    if flight.wind != .none { noteUnfeltWind(in: flight, map) }
    noteIdleRestitution(in: flight, map)
    noteUntouchedObstacles(in: flight, map)
    for (index, drone) in flight.drones.enumerated() {
      noteUnfollowedHeading(
        of: drone, during: flight.duration,
        at: map.value(of: "drones").element(index).value(of: "reference"))
    }
    for (index, gust) in flight.wind.gusts.enumerated() where gust.start >= flight.duration {
      map.value(of: "wind").value(of: "gusts").element(index).note(
        "has no effect: it begins at \(gust.start) s, after the flight of \(flight.duration) s")
    }
    for (index, drone) in flight.drones.enumerated() {
      let pushes = map.value(of: "drones").element(index).value(of: "pushes")
      for (place, push) in drone.pushes.enumerated()
      where push.times.lowerBound >= flight.duration {
        pushes.element(place).note(
          "has no effect: it begins at \(push.times.lowerBound) s, after the flight of "
            + "\(flight.duration) s")
      }
    }
  }

  /// Notes restitutions that nothing bounces by, since a contact takes the product of both.
  private func noteIdleRestitution(in flight: FlightSpecification, _ map: MappingReader) {
    let movers =
      flight.drones.map(\.model.restitution)
      + flight.world.obstacles.filter { $0.mass > 0 }.map(\.restitution)
    guard flight.world.obstacles.contains(where: { $0.restitution > 0 }),
      movers.allSatisfy({ $0 == 0 })
    else { return }
    map.note(
      "a restitution has no effect: a contact takes the product of both bodies', and that of all "
        + "drones is 0; give drones a restitution too", at: "world")
  }

  /// Notes obstacles that drones fly through, since there are no contacts.
  private func noteUntouchedObstacles(in flight: FlightSpecification, _ map: MappingReader) {
    let obstacles = flight.world.obstacles
    guard flight.physics.dynamics == .explicit, !obstacles.isEmpty else { return }
    let hasLoose = obstacles.contains { $0.mass > 0 }
    let stay = hasLoose ? ", and those with a mass stay where they are" : ""
    map.value(of: "world").value(of: "obstacles").note(
      "can be seen but not touched: physics.dynamics explicit has no contacts\(stay)")
  }

  private func noteUnfeltWind(in flight: FlightSpecification, _ map: MappingReader) {
    var feels: [String: Bool] = [:]
    for drone in flight.drones where feels[drone.modelName] == nil {
      feels[drone.modelName] = self.feels(drone, in: flight)
    }
    let unfelt = feels.filter { !$0.value }.keys.sorted()
    guard !unfelt.isEmpty else { return }
    let reason =
      flight.physics.effects.contains("drag")
      ? "without drag of its own, it feels no air" : "physics.effects has no drag"
    map.note("has no effect on \(unfelt.joined(separator: ", ")): \(reason)", at: "wind")
  }

  /// Whether a step in moving air differs from one in still air.
  private func feels(_ drone: DroneSpecification, in flight: FlightSpecification) -> Bool {
    func state(in wind: Wind) -> DroneState<Double>? {
      guard let physics = try? catalogues.physics(of: flight) else { return nil }
      let speed = drone.model.hoverRotorSpeed(gravity: 9.81)
      let start = DroneState<Double>(
        position: Vector(0, 0, 1), rotorSpeeds: PerRotor(repeating: speed))
      let world = WorldDescription(
        models: [drone.model], states: [start], floor: false, obstacles: [], pushes: [],
        wind: wind, seed: 0)
      guard
        var simulator = try? Simulator(
          worlds: [world], physics: physics, frequency: flight.rates.physics)
      else { return nil }
      simulator.command(0, rotorSpeeds: PerRotor(repeating: speed))
      simulator.advance()
      return simulator.swarm[0]
    }
    let moving = Wind(mean: Vector(1, 2, 3), gusts: [], turbulence: nil)
    let (blown, still) = (state(in: moving), state(in: .none))
    return blown?.velocity != still?.velocity || blown?.bodyRates != still?.bodyRates
  }
}
