import Drone
import Geometry
package import Recording
package import Tasks

// Episodes as flights, to be plotted and looked at like any other.
extension InstantWriter {
  /// Begins the files of an episode in a folder that holds no other unfinished one.
  package init(of setup: TaskSetup, in folder: RunFolder) throws(RecordingError) {
    try self.init(
      in: folder, movers: setup.movingObstacles, names: setup.obstacles.map(\.name))
  }
}

extension TaskEnvironment {
  /// Where everything is in an environment now.
  package func instant(of environment: Int = 0) -> FlightInstant {
    let episode = episode(of: environment)
    let drones = (0..<episode.agentCount).map { agent in
      TrajectorySample(
        time: episode.time, drone: agent, state: episode.state(of: agent),
        reference: task.goal(of: agent, in: episode), contacts: episode.contactCount(of: agent))
    }
    let obstacles = task.setup.movingObstacles.compactMap { obstacle in
      motion(ofObstacle: obstacle, of: environment).map {
        ObstacleSample(time: episode.time, obstacle: obstacle, $0)
      }
    }
    return FlightInstant(drones: drones, obstacles: obstacles)
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
