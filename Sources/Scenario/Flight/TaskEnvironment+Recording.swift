import Drone
import Geometry
package import Recording
package import Tasks

// Episodes as flights, to be plotted and looked at like any other.
extension TaskEnvironment {
  /// Where the drones of an environment are now, a row each.
  package func instant(of environment: Int = 0) -> [TrajectorySample] {
    let episode = episode(of: environment)
    return (0..<episode.agentCount).map { agent in
      TrajectorySample(
        time: episode.time, drone: agent, state: episode.state(of: agent),
        reference: task.goal(of: agent, in: episode), contacts: episode.contactCount(of: agent))
    }
  }

  /// What goes beside the trajectory of an environment's episode, which is about to be played.
  package func metadata(
    of record: EpisodeMetadata.Episode, in environment: Int = 0
  ) -> EpisodeMetadata {
    let (episode, setup) = (episode(of: environment), task.setup)
    var obstacles = setup.obstacles
    for (index, pose) in episode.obstacles.enumerated() { obstacles[index].pose = pose }
    return EpisodeMetadata(
      record, model: setup.model, starts: (0..<episode.agentCount).map(episode.position),
      world: (setup.floor, obstacles), wind: wind(of: environment),
      rates: (setup.physicsFrequency, setup.controlFrequency), timeLimit: setup.timeLimit)
  }
}
