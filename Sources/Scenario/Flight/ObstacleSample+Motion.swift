import Recording
import Simulation
import SpatialMath

extension ObstacleSample {
  /// An obstacle that moves in some way at a time. [s]
  init(time: Double, obstacle: Int, _ motion: ObstacleMotion) {
    self.init(
      time: time, obstacle: obstacle, position: motion.pose.position,
      attitude: motion.pose.attitude, velocity: motion.velocity,
      angularVelocity: motion.angularVelocity)
  }
}
