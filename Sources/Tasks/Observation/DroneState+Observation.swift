import Drone
import SpatialMath

extension DroneState where S: ColumnLanes {
  /// The attitude, number by number: copied as a whole it goes through memory, where it was written only just now.
  @inline(__always)
  private var turn: Rotation<Body, World, S> {
    Rotation(x: attitude.x, y: attitude.y, z: attitude.z, w: attitude.w)
  }

  /// Writes a part of what is seen that follows from the state alone; the others are not its own.
  // Not inlined: in the loop over all parts the compiler would work out what any part could ask for.
  @inline(never)
  func write(
    _ part: ObservationPart, with writer: inout RowWriter<S>,
    to observations: inout MutableSpan<Float>
  ) {
    switch part {
    case .rotationMatrix:
      let matrix = RotationMatrix(turn)
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
      writer.appendBounded(-RotationMatrix(turn).zRow, to: &observations)
    case .rollPitchYaw: writer.appendBounded(angles, over: .pi, to: &observations)
    case .velocity(let axes, let scale):
      write(velocity, along: axes, over: scale, with: &writer, to: &observations)
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

  /// Writes a vector of the world along some axes, over a scale.
  @inline(__always)
  func write(
    _ vector: Vector<World, S>, along axes: ObservationPart.Axes, over scale: Double,
    with writer: inout RowWriter<S>, to observations: inout MutableSpan<Float>
  ) {
    switch axes {
    case .world: writer.appendBounded(vector, over: scale, to: &observations)
    case .body:
      let seen = RotationMatrix(turn).inverse(vector)
      writer.appendBounded(seen, over: scale, to: &observations)
    }
  }

  /// Roll, pitch and yaw as a vector. [rad]
  private var angles: Vector<Body, S> {
    let angles = RollPitchYaw(attitude)
    return Vector(angles.roll, angles.pitch, angles.yaw)
  }
}
