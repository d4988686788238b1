public import Drone
public import Geometry
import Parameters
public import Simulation

/// What surrounds a task: the world, what drones are told, and what they see.
public struct TaskSetup: Sendable {
  /// What every drone is.
  public var model: QuadcopterModel {
    get { keptModel.content }
    set { keptModel = Kept(newValue) }
  }
  // Elsewhere, for whoever asks a task something copies it with its setup.
  private var keptModel: Kept<QuadcopterModel>
  /// How drones move.
  public var physics: FlightPhysics
  /// How many physics steps make a second, a multiple of the control frequency. [Hz]
  public var physicsFrequency: Int
  /// How many actions make a second. [Hz]
  public var controlFrequency: Int
  /// How long an episode lasts. [s]
  public var timeLimit: Double
  /// Whether there is a floor at z = 0.
  public var floor: Bool
  /// What else there is to touch, without mass: it stands still, or moves as scheduled, in each episode anew.
  public var obstacles: [RigidBody]
  /// How the air moves, its turbulence different in every episode; the effect of drag is what feels it.
  public var wind: Wind
  /// What the numbers of an action mean.
  public var actionMode: ActionMode
  /// By which law drones fly to places and hold velocities.
  public var positionLaw: PositionLaw
  /// What a drone sees, part after part.
  public var observation: [ObservationPart]
  /// Whose readings follow in what it sees.
  public var sensors: [ObservedSensor]
  /// What it sees wrongly, sensors aside, which have errors of their own.
  public var noise: SensorNoise
  /// What becomes of drones whose episodes end before those of others.
  public var endedDrones: EndedDrones
  /// What differs from episode to episode.
  public var randomisation: Randomisation {
    get { keptRandomisation.content }
    set { keptRandomisation = Kept(newValue) }
  }
  private var keptRandomisation: Kept<Randomisation>
  /// What every drone carries to see with, for a ``VisionEnvironment``; no part of the observation.
  public var camera: OnboardCamera?
  /// Which share of the speed limit each drone has where actions are velocities; all of it if there are none.
  package var speedShares: [Double] = []

  /// A Crazyflie in empty space above the floor, told rotor speeds about those of hovering.
  public init(
    model: QuadcopterModel = .crazyflie, physics: FlightPhysics = .standardAir,
    physicsFrequency: Int = 240, controlFrequency: Int = 30, timeLimit: Double = 8,
    floor: Bool = true, obstacles: [RigidBody] = [], wind: Wind = Wind(),
    actionMode: ActionMode = .rotorSpeeds(authority: 0.2), positionLaw: PositionLaw = .derived,
    observation: [ObservationPart] = ObservationPart.standard, sensors: [ObservedSensor] = [],
    noise: SensorNoise = SensorNoise(), endedDrones: EndedDrones = .stay,
    randomisation: Randomisation = Randomisation(), camera: OnboardCamera? = nil
  ) {
    (keptModel, keptRandomisation) = (Kept(model), Kept(randomisation))
    self.physics = physics
    (self.physicsFrequency, self.controlFrequency) = (physicsFrequency, controlFrequency)
    (self.timeLimit, self.floor, self.obstacles) = (timeLimit, floor, obstacles)
    (self.wind, self.sensors, self.noise) = (wind, sensors, noise)
    (self.actionMode, self.observation) = (actionMode, observation)
    (self.positionLaw, self.endedDrones, self.camera) = (positionLaw, endedDrones, camera)
  }

  /// What to tell of a drone that turns at some rate; `nil` where energy surely does not grow. [rad/s]
  package func energyNote(onTurningAt rate: Double) -> String? {
    guard physics.gyroscopicTerm == .thirdOrder else { return nil }
    return FlightPhysics.energyNote(onTurning: rate / Double(physicsFrequency))
  }

  /// The obstacles that move, counted among all of them.
  package var movingObstacles: [Int] { obstacles.indices.filter { obstacles[$0].motion != nil } }
  /// How many physics steps an action lasts. [–]
  var stepsPerAction: Int { physicsFrequency / controlFrequency }
  /// How many actions an episode has. [–]
  package var stepLimit: Int {
    max(1, Int((timeLimit * Double(controlFrequency)).rounded()))
  }
  /// How long an action lasts. [s]
  package var period: Double { 1 / Double(controlFrequency) }
  /// The rotor speed at which a drone hovers. [rpm]
  package var hoverSpeed: Double { model.hoverRotorSpeed(gravity: physics.gravity) }
  /// Which of four throttles is that of each rotor. [–]
  var throttles: PerRotor<Int> {
    randomisation.drawsAirframes ? PerRotor(0, 1, 2, 3) : model.placesOfRotors
  }
  /// The speed of the rotors when an episode begins, unless a task says another: that of hovering where rotors
  /// take time to get there, since drones begin in the air. [rpm]
  var startSpeed: Double { model.rotorLag == .none ? 0 : hoverSpeed }
}

/// A value that is copied as a reference.
private final class Kept<Content: Sendable>: Sendable {
  let content: Content

  init(_ content: Content) { self.content = content }
}

extension QuadcopterModel {
  /// The Crazyflie 2.1 that tasks fly if they are not told otherwise: the one that real flights tell best.
  public static let crazyflie = packaged(ModelCatalogue.crazyflie)

  /// The Crazyflie 2.x of gym-pybullet-drones.
  package static let peersCrazyflie = packaged(ModelCatalogue.peersCrazyflie)

  private static func packaged(_ name: String) -> QuadcopterModel {
    do throws(ModelError) {
      return try ModelCatalogue.standard.model(named: name)
    } catch { preconditionFailure("the package's own model: \(error)") }
  }
}

extension FlightPhysics {
  /// What the sources say, with all effects of the air.
  @usableFromInline package static let standardAir = accurate(
    effects: EffectCatalogue.standard.entries.map { $0.effect(.accurate) })
}
