import Drone
import Geometry
import Gym
import Simulation
import SpatialMath

/// What all worlds of a batch have in common.
final class TaskRules: Sendable {
  let setup: TaskSetup
  let decoder: ActionDecoder
  let observer: Observer
  let agentCount: Int
  /// The obstacles that move, counted among all of them.
  let movingObstacles: [Int]
  let autoresetMode: AutoresetMode
  /// The numbers of the model.
  let nominal: DroneParameters<Double>
  // What every step or reset asks for: to read a part of the setup may copy all of it.
  /// How many actions an episode has. [–]
  let stepLimit: Int
  /// How many physics steps an action lasts. [–]
  let stepsPerAction: Int
  /// How many digits numbers have.
  let precision: FlightPhysics.Precision
  /// The speed of the rotors when an episode begins, unless a task says another. [rpm]
  let startSpeed: Double
  /// Where obstacles are, unless a task says otherwise.
  let obstaclePoses: [Pose<Double>]
  /// What differs from episode to episode.
  let randomisation: Randomisation
  /// How many numbers an action has. [–]
  let actionCount: Int
  /// How many numbers an observation has. [–]
  let observationCount: Int
  /// How many numbers of past actions are kept for each agent. [–]
  let actionsKept: Int
  /// How many commands are kept for each agent. [–]
  let commandsKept: Int
  /// Whether drones leave their world with their agents.
  let endedDronesLeave: Bool
  /// Whether turbulence or noise needs random numbers.
  let hasRandomAir: Bool
  /// Whether the wind has to be said at the start of each episode.
  let hasWindByEpisode: Bool
  /// Whether what is seen is not the truth.
  let hasNoise: Bool
  /// Whether drones see anything but how they truly move.
  let seesOtherwise: Bool

  init(
    _ setup: TaskSetup, agentCount: Int, autoresetMode: AutoresetMode
  ) throws(TaskError) {
    try setup.check(agentCount: agentCount)
    (self.setup, self.agentCount, self.autoresetMode) = (setup, agentCount, autoresetMode)
    movingObstacles = setup.movingObstacles
    decoder = try ActionDecoder(setup)
    observer = Observer(setup)
    nominal = DroneParameters(setup.model, rotorPlacement: setup.physics.rotorPlacement)
    (stepLimit, stepsPerAction) = (setup.stepLimit, setup.stepsPerAction)
    (precision, startSpeed) = (setup.physics.precision, setup.startSpeed)
    (obstaclePoses, randomisation) = (setup.obstacles.map(\.pose), setup.randomisation)
    actionCount = setup.actionMode.count
    observationCount = observer.space.count
    actionsKept = observer.actionsShown * actionCount
    commandsKept = setup.randomisation.delay.upperBound + 1
    endedDronesLeave = setup.endedDrones == .leave
    hasRandomAir = setup.hasRandomAir
    hasWindByEpisode = setup.hasRandomWind || hasRandomAir
    hasNoise = setup.noise != .none
    seesOtherwise =
      hasNoise || !setup.sensors.isEmpty || setup.observation.contains(where: \.isRange)
  }

  /// The numbers of a drone that differs from the model.
  func parameters(of variation: Variation) -> DroneParameters<Double> {
    guard variation.airframe != nil else { return variation.applied(to: nominal) }
    let model = variation.airframe(insteadOf: setup.model)
    return variation.applied(
      to: DroneParameters(model, rotorPlacement: setup.physics.rotorPlacement))
  }

  /// Whether drones can differ so.
  func isPossible(_ variation: Variation) -> Bool {
    (variation.airframe == nil || setup.randomisation.drawsAirframes)
      && variation.fits(variation.airframe(insteadOf: setup.model))
      && (0..<commandsKept).contains(variation.delay)
  }

  /// Worlds that are all alike.
  func simulator(worlds count: Int) throws(TaskError) -> Simulator {
    let world = WorldDescription(
      models: Array(repeating: setup.model, count: agentCount),
      states: Array(repeating: DroneState(), count: agentCount), floor: setup.floor,
      obstacles: setup.obstacles, wind: setup.wind)
    do throws(SimulationError) {
      return try Simulator(
        worlds: Array(repeating: world, count: count), physics: setup.physics,
        frequency: Double(setup.physicsFrequency),
        longestDeadTime: setup.model.deadTime * setup.randomisation.deadTime.upperBound)
    } catch { throw TaskError(error.description) }
  }
}
