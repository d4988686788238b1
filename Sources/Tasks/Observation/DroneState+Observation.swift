import Drone
import SpatialMath

extension DroneState where S: RowLanes {
  /// Writes a part of what is seen that follows from the state alone; the others are not its own.
  // Not inlined: in the loop over all parts the compiler would work out what any part could ask for.
  @inline(never)
  func write(
    _ part: ObservationPart, with writer: inout RowWriter<S>,
    to observations: inout MutableSpan<Float>
  ) {
    switch part {
    case .rotationMatrix:
      let matrix = RotationMatrix(attitude)
      writer.appendBounded(matrix.xRow, to: &observations)
      writer.appendBounded(matrix.yRow, to: &observations)
      writer.appendBounded(matrix.zRow, to: &observations)
    case .quaternion:
      let sign = S.one.replacing(with: -.one, where: attitude.w .< .zero)
      writer.appendBounded(sign * attitude.x, to: &observations)
      writer.appendBounded(sign * attitude.y, to: &observations)
      writer.appendBounded(sign * attitude.z, to: &observations)
      writer.appendBounded(sign * attitude.w, to: &observations)
    case .projectedGravity:
      writer.appendBounded(-RotationMatrix(attitude).zRow, to: &observations)
    case .rollPitchYaw: writer.appendBounded(angles, over: .pi, to: &observations)
    case .velocity(.world, let scale):
      writer.appendBounded(velocity, over: scale, to: &observations)
    case .velocity(.body, let scale):
      let seen = RotationMatrix(attitude).inverse(velocity)
      writer.appendBounded(seen, over: scale, to: &observations)
    case .angularVelocity(.world, let scale):
      writer.appendBounded(angularVelocity, over: scale, to: &observations)
    case .angularVelocity(.body, let scale):
      writer.appendBounded(bodyRates, over: scale, to: &observations)
    case .height(let scale): writer.appendBounded(S(1 / scale) * position.z, to: &observations)
    case .gpdState:
      writer.append(position, to: &observations)
      writer.append(angles, to: &observations)
      writer.append(velocity, to: &observations)
      writer.append(angularVelocity, to: &observations)
    case .positionError, .velocityError, .lastActions, .accelerations, .neighbours, .ranges,
      .multiranger, .altitude, .features:
      break
    }
  }

  /// A vector of the world along some axes.
  @inline(__always)
  func seen(_ vector: Vector<World, S>, along axes: ObservationPart.Axes) -> Vector<World, S> {
    guard axes == .body else { return vector }
    let v = RotationMatrix(attitude).inverse(vector)
    return Vector(v.x, v.y, v.z)
  }

  /// Roll, pitch and yaw as a vector. [rad]
  private var angles: Vector<Body, S> {
    let angles = RollPitchYaw(attitude)
    return Vector(angles.roll, angles.pitch, angles.yaw)
  }
}
