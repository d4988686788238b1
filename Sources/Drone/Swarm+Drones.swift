package import SpatialMath

// What is set drone by drone.
extension Swarm {
  /// Sets the height of the surface below a drone. [m]
  package mutating func setSurfaceHeight(_ height: Double, of drone: Int) {
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    stepValues[group].surfaceHeight[lane: lane] = height
  }

  /// Sets the attitude that a drone had in the step before.
  package mutating func setLinkFrame(
    _ attitude: RotationMatrix<Body, World, Double>, of drone: Int
  ) {
    let (group, lane) = (drone / DroneLanes.laneCount, drone % DroneLanes.laneCount)
    stepValues[group].linkFrame[lane: lane] = attitude
  }
}
