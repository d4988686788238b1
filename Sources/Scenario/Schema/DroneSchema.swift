import Parameters
import Control
import Drone
import Foundation
import Simulation
import SpatialMath
import Training

/// The keys of one drone.
struct DroneSchema {
  let schema: ScenarioSchema
  let physics: FlightSpecification.Physics
  let rates: FlightSpecification.Rates
  let recordings: RecordedFlights

  /// Reads one drone; `nil` where it has no model or no place.
  func drone(_ map: inout MappingReader, index: Int) -> DroneSpecification? {
    let (modelName, model) = self.model(&map)
    let place: Vector<World, Double>? = map.optional("at") { $0.vector(unit: "m") }
    let attitude = schema.attitude(&map)
    let yaw = attitude.map { RollPitchYaw($0).yaw }
    let references = ReferenceSchema(
      start: place, yaw: yaw ?? 0, folder: schema.folder, catalogue: schema.catalogues.references)
    let reference = map.optional("reference") { $0.choice(among: references.choices) }
    let controller = self.controller(&map, index: index)
    let velocity: Vector<World, Double> = map.vector("velocity", default: .zero, unit: "m/s")
    let rates: Vector<Body, Double> = map.vector("body_rates", default: .zero, unit: "rad/s")
    let feedforward = map.boolean("feedforward", default: true)
    let sensors = map.optional("sensors") { $0.mapping(self.sensors) }
    let slowsDown = map.boolean("keep_within_limits", default: false)
    let pushes = map.list("pushes") { $0.mapping { Self.push(&$0, on: index) } }
    let first = reference?.reference.setpoint(at: 0)
    guard let place = place ?? (reference?.hasPosition == true ? first?.position : nil) else {
      if !map.has("at"), !map.has("reference") || reference != nil {
        map.reject("is missing", at: "at", expected: "3 numbers of m")
      }
      return nil
    }
    let heading = Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: first?.yaw ?? 0))
    guard let model, let controller else { return nil }
    let start = DroneState(
      position: place, attitude: attitude ?? heading, velocity: velocity, bodyRates: rates,
      rotorSpeeds: PerRotor(repeating: rotorSpeedAtStart(of: model)))
    let drone = DroneSpecification(
      modelName: modelName, model: driven(model, by: controller), start: start,
      controller: controller, sensors: sensors, reference: reference,
      slowdown: slowsDown ? slowdown(of: reference, for: model) : 1, feedforward: feedforward,
      pushes: pushes.compactMap { $0 })
    return complete(drone, yaw: yaw ?? 0, in: map)
  }

  /// How much longer a reference takes at the fastest pace that a model can follow. [–]
  private func slowdown(
    of reference: ReferenceSpecification?, for model: QuadcopterModel
  ) -> Double {
    guard let reference = reference?.reference else { return 1 }
    // A reference without an end comes round in a minute, or so it is taken.
    let time = reference.duration ?? 60
    return SlowedReference(
      reference, within: model, gravity: physics.gravity, over: time
    ).factor
  }

  /// Reads a push from outside.
  private static func push(_ map: inout MappingReader, on drone: Int) -> ScheduledPush? {
    let start = map.number("from", default: 0, in: .atLeast(0), unit: "s")
    let end = map.optional("until") { $0.number(in: .positive, unit: "s") } ?? .infinity
    let force: Vector<World, Double> = map.vector("force", default: .zero, unit: "N")
    let torque: Vector<World, Double> = map.vector("torque", default: .zero, unit: "N·m")
    let axes = map.word("axes", default: ScheduledPush.Axes.world)
    guard start < end else {
      map.reject("does not come after from", at: "until", expected: "later than \(start) s")
      return nil
    }
    return ScheduledPush(on: drone, during: start..<end, force: force, torque: torque, along: axes)
  }

  /// Rotors that would take their time to start are at hover speed already; others need not be. [rpm]
  private func rotorSpeedAtStart(of model: QuadcopterModel) -> Double {
    let isSlow = physics.preset == .accurate && model.rotorLag != .none
    return isSlow ? model.hoverRotorSpeed(gravity: physics.gravity) : 0
  }

  /// A model whose rotors follow at once where they do not lag: in gym-pybullet-drones, and in a replay,
  /// whose speeds are those that the rotors had.
  private func driven(
    _ model: QuadcopterModel, by controller: ControllerSpecification
  ) -> QuadcopterModel {
    var model = model
    if physics.preset == .gpd { model.rotorLag = .none }
    if case .replay = controller { model.rotorLag = .none }
    return model
  }

  /// Gives a drone that follows something a point to stay at, and checks that it can follow.
  private func complete(
    _ drone: DroneSpecification, yaw: Double, in map: MappingReader
  ) -> DroneSpecification? {
    var drone = drone
    let pilot: any Controller
    do throws(FlightError) {
      pilot = try schema.catalogues.controller(
        of: drone, in: physics, at: rates.control)
    } catch {
      map.reject("cannot fly this drone: \(error)", at: "controller")
      return nil
    }
    guard pilot.followsReference else {
      drone.reference = nil
      return drone
    }
    if drone.reference == nil {
      let stay = VelocityReference.Leg(until: .infinity, velocity: .zero)
      drone.reference =
        pilot.needsPosition ? .hover(at: drone.start.position, yaw: yaw) : .velocities([stay])
    }
    if pilot.needsPosition, drone.reference?.hasPosition == false {
      map.reject(
        "asks for velocities only", at: "reference",
        expected: "positions, or controller: velocity")
    }
    return drone
  }

  private func model(_ map: inout MappingReader) -> (String, QuadcopterModel?) {
    let name = map.string("model", default: "cf2x")
    do throws(ModelError) {
      if name.hasSuffix(".urdf") {
        let url = URL(fileURLWithPath: name, relativeTo: schema.folder)
        return (name, try QuadcopterModel(contentsOf: url))
      }
      if let model = try schema.catalogues.models.model(named: name) { return (name, model) }
      let names = schema.catalogues.models.names
      _ = map.word("model", among: names + ["FILE.urdf"])
    } catch {
      map.reject("cannot be used: \(error)", at: "model")
    }
    return (name, nil)
  }

  private func controller(
    _ map: inout MappingReader, index: Int
  ) -> ControllerSpecification? {
    var choices = schema.catalogues.controllers.names.map { name in
      Choice(name) { value in
        value.mapping { _ in ControllerSpecification.named(name) }
      }
    }
    choices.append(Choice("replay") { recordings.replay($0, drone: index) })
    choices.append(Choice("policy") { policy($0) })
    return map.choice("controller", default: .named("pid"), among: choices)
  }

  /// The controller of a policy file, or of a policy that comes with the package.
  private func policy(_ value: ValueReader) -> ControllerSpecification? {
    guard let file = value.string(expected: "a safetensors file or the name of a trained policy")
    else { return nil }
    do {
      let policy = try TrainedPolicy.load(file, from: schema.folder)
      return .policy(file: file, try PolicyController(policy))
    } catch { return value.reject("cannot be flown: \(error)") }
  }
}
