import Configuration
import Parameters
import Control
import Drone
import FlightLogs
import Foundation
import Simulation
import SpatialMath
import Training

/// The keys of one drone.
struct DroneSchema {
  let schema: ScenarioSchema
  let physics: PhysicsSpecification
  let rates: FlightSpecification.Rates
  let recordings: RecordedFlights
  let models: NamedModels

  /// Reads one drone; `nil` where it has no model or no place.
  func drone(_ map: inout MappingReader, index: Int) -> DroneSpecification? {
    let named = self.model(&map)
    let model = surfaced(named?.model, &map)
    let mass = self.mass(&map, of: model)
    let controller = self.controller(&map, index: index)
    let logged = controller?.log?.start
    let place = self.place(&map) ?? logged?.position
    let attitude = map.attitude() ?? logged?.attitude
    let yaw = attitude.map { RollPitchYaw($0).yaw }
    let parameters = ParameterReader(
      folder: schema.folder, startPosition: place, startHeading: yaw ?? 0)
    let reference = map.optional(
      "reference", "where it should be", usual: "hover, where it starts"
    ) { self.reference($0, parameters) }
    let (velocity, rates) = velocities(&map, logged: logged)
    let feedforward = map.boolean(
      "feedforward", "whether control knows the reference's acceleration", default: true)
    let sensors = self.sensors(&map)
    let slowsDown = map.boolean(
      "keep_within_limits", "whether the reference is slowed down to what the model can follow",
      default: false)
    let pushes = map.list("pushes", "forces and torques from outside") {
      $0.mapping { Self.push(&$0, on: index) }
    }.compactMap { $0 }
    let first = reference?.path(slowdown: 1).setpoint(at: 0)
    let usual = reference?.reference.hasPosition == true ? first?.position : nil
    if place == nil, usual == nil, !map.has("at"), !map.has("reference") || reference != nil {
      map.reject("is missing", at: "at", expected: "3 numbers of m")
    }
    let heading = Rotation(RollPitchYaw(roll: 0, pitch: 0, yaw: first?.yaw ?? 0))
    guard let place = place ?? usual, let named, let model, let controller else { return nil }
    let start = DroneState(
      position: place, attitude: attitude ?? heading, velocity: velocity, bodyRates: rates,
      rotorSpeeds: rotorSpeedsAtStart(of: model, flying: controller.log))
    let flown = self.flown(model, by: controller)
    guard let made = make(controller, for: flown, in: map) else { return nil }
    noteLosses(of: controller, for: model, in: map)
    let drone = DroneSpecification(
      modelName: named.name, model: mass.map(flown.weighing) ?? flown, start: start,
      controller: made, sensors: sensors, reference: reference,
      slowdown: slowsDown ? slowdown(of: reference, for: model) : 1,
      feedforward: feedforward, pushes: pushes)
    return complete(drone, yaw: yaw ?? 0, in: map)
  }

  /// Reads where it starts. [m]
  private func place(_ map: inout MappingReader) -> Vector<World, Double>? {
    map.optional("at", "where it starts", usual: "where the reference begins") {
      $0.vector(unit: "m")
    }
  }

  /// How fast it moves and turns at the start: as the scenario says, or as a log does. [m/s, rad/s]
  private func velocities(
    _ map: inout MappingReader, logged: DroneState<Double>?
  ) -> (linear: Vector<World, Double>, angular: Vector<Body, Double>) {
    let velocity: Vector<World, Double> = map.vector(
      "velocity", "its velocity at the start", default: logged?.velocity ?? .zero,
      in: .within(-1e6...1e6), unit: "m/s")
    let rates: Vector<Body, Double> = map.vector(
      "body_rates", "its angular velocity at the start, along its own axes",
      default: logged?.bodyRates ?? .zero, in: .within(-1e6...1e6), unit: "rad/s")
    if physics.preset == .accurate,
      let fault = FlightPhysics.energyNote(onTurning: rates.norm / self.rates.physics)
    {
      map.note(fault, at: "body_rates")
    }
    return (velocity, rates)
  }

  /// A model with the surface that the scenario gives it.
  private func surfaced(_ model: QuadcopterModel?, _ map: inout MappingReader) -> QuadcopterModel? {
    let friction = map.optional(
      "friction", "Coulomb's coefficient, of which a contact takes the product of both",
      usual: "the model's"
    ) { $0.number(in: .within(0...1e6)) }
    let restitution = map.optional(
      "restitution",
      "the share of the closing speed that a contact gives back, the product of both",
      usual: "the model's"
    ) { $0.number(in: .within(0...1)) }
    var model = model
    if let friction { model?.friction = friction }
    if let restitution { model?.restitution = restitution }
    return model
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
    let start = map.number("from", "when it begins", default: 0, in: .atLeast(0), unit: "s")
    let end =
      map.optional("until", "when it ends", usual: "never") { $0.number(in: .positive, unit: "s") }
      ?? .infinity
    let force: Vector<World, Double> = map.vector(
      "force", "the force on its centre of mass", default: .zero, unit: "N")
    let torque: Vector<World, Double> = map.vector(
      "torque", "the torque about it", default: .zero, unit: "N·m")
    let axes = map.word("axes", "whose axes both are along", default: ScheduledPush.Axes.world)
    guard start < end else {
      map.reject("does not come after from", at: "until", expected: "later than \(start) s")
      return nil
    }
    return ScheduledPush(on: drone, during: start..<end, force: force, torque: torque, along: axes)
  }

  /// Rotors that would take their time to start are at hover speed already, or at that which a log asks for;
  /// others need not be. [rpm]
  private func rotorSpeedsAtStart(
    of model: QuadcopterModel, flying log: FlightLog?
  ) -> PerRotor<Double> {
    guard physics.preset == .accurate, model.rotorLag != .none else {
      return PerRotor(repeating: 0)
    }
    if let log, let line = model.speedByVoltage, let speeds = log.firstSpeeds(by: line) {
      return speeds.map { min($0, model.maximumRotorSpeed) }
    }
    return PerRotor(repeating: model.hoverRotorSpeed(gravity: physics.gravity))
  }

  /// A model whose rotors follow at once where they do not lag: in gym-pybullet-drones, and in a replay,
  /// whose speeds are those that the rotors had.
  ///
  /// What no effect makes act, no law need hold against.
  private func flown(
    _ model: QuadcopterModel, by controller: WrittenController
  ) -> QuadcopterModel {
    var model = model
    if physics.preset == .gpd || controller.recording != nil { model.rotorLag = .none }
    // What rotors did was late already.
    if controller.recording != nil { model.deadTime = 0 }
    if !physics.effects.contains("speed-moment") { model.air.speedMoment = .zero }
    return model
  }

  private func make(
    _ written: WrittenController, for model: QuadcopterModel, in map: MappingReader
  ) -> ControllerSpecification? {
    do throws(ControllerError) {
      return ControllerSpecification(
        name: written.name, values: written.values, controller: try written.make(model))
    } catch {
      map.value(of: "controller").report("\(written.name) cannot fly this drone: \(error)")
      return nil
    }
  }

  /// Gives a drone that follows something a point to stay at, and checks that it can follow.
  private func complete(
    _ drone: DroneSpecification, yaw: Double, in map: MappingReader
  ) -> DroneSpecification? {
    var drone = drone
    let controller = drone.controller.controller
    guard controller.followsReference else {
      if map.has("reference") {
        map.note("has no effect: \(drone.controller.name) follows none", at: "reference")
      }
      drone.reference = nil
      return drone
    }
    if drone.reference == nil {
      drone.reference =
        controller.needsPosition ? .hover(at: drone.start.position, yaw: yaw) : .rest
    }
    if controller.needsPosition, drone.reference?.reference.hasPosition == false {
      map.reject(
        "asks for velocities only", at: "reference",
        expected: "positions, or controller: velocity")
    }
    return drone
  }

  private func model(_ map: inout MappingReader) -> (name: String, model: QuadcopterModel)? {
    let written = map.optional(
      "model",
      "what it is: a name of `swiftlet models`, or a URDF file; in preset gpd by default "
        + ModelCatalogue.peersCrazyflie, usual: ModelCatalogue.crazyflie
    ) {
      $0.model(among: models)
    }
    if map.has("model") { return written }
    let usual =
      physics.preset == .gpd ? ModelCatalogue.peersCrazyflie : ModelCatalogue.crazyflie
    do throws(ModelError) {
      return (usual, try models.model(named: usual, note: map.note(line:)))
    } catch {
      map.reject("cannot be used: \(error)", at: "model")
      return nil
    }
  }
}
