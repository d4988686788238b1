import Configuration
import Drone
import Geometry
import Parameters
import Simulation
import Tasks

/// A task's setup while its file is read, with what only names can say.
struct TaskDraft: Sendable {
  var setup: TaskSetup
  /// How the model is written.
  var model: WrittenModel
  /// The names of the physics.
  var physics: PhysicsSpecification
  private let ownObstacleCount: Int

  /// The setup that a task has by itself.
  init(_ task: some DroneTask, effects: EffectCatalogue) {
    (setup, model) = (task.setup, .name(task.setup.model.name))
    physics = PhysicsSpecification(setup.physics, effects)
    ownObstacleCount = min(task.ownObstacleCount, setup.obstacles.count)
  }

  /// The obstacles that are not the task's own.
  var obstacles: [RigidBody] {
    get { Array(setup.obstacles[ownObstacleCount...]) }
    set { setup.obstacles.replaceSubrange(ownObstacleCount..., with: newValue) }
  }
}

extension PhysicsSpecification {
  /// The names that come nearest to physics that was made in a program.
  init(_ physics: FlightPhysics, _ catalogue: EffectCatalogue) {
    let preset: PhysicsPreset = physics.hasRotorDynamics ? .accurate : .gpd
    let types = physics.effects.map { ObjectIdentifier(type(of: $0)) }
    let effects = catalogue.entries.filter {
      types.contains(ObjectIdentifier(type(of: $0.effect(preset))))
    }
    self.init(
      preset: preset, dynamics: physics.dynamics, gravity: physics.gravity,
      effects: effects.map(\.name))
  }
}
