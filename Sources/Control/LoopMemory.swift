public import SpatialMath

/// What the loops of position control remember of one drone, or of each of a group.
@usableFromInline
package struct LoopMemory<S: Lanes>: Sendable, BitwiseCopyable {
  /// The integral of the position error. [m·s, or m/s² by the derived law]
  @usableFromInline package var positionIntegral: Vector<World, S>
  /// The integral of the attitude error. [s]
  @usableFromInline package var attitudeIntegral: Vector<Body, S>
  /// The roll, pitch and yaw that were seen last. [rad]
  @usableFromInline package var lastAngles: Vector<Body, S>

  /// The memory of loops that have seen nothing.
  @inlinable @inline(__always)
  package init() {
    self.init(positionIntegral: .zero, attitudeIntegral: .zero, lastAngles: .zero)
  }

  /// The memory with these contents.
  @inlinable @inline(__always)
  package init(
    positionIntegral: Vector<World, S>, attitudeIntegral: Vector<Body, S>,
    lastAngles: Vector<Body, S>
  ) {
    self.positionIntegral = positionIntegral
    self.attitudeIntegral = attitudeIntegral
    self.lastAngles = lastAngles
  }

  /// This memory, with that of `other` in the lanes where `mask` is true.
  @inlinable @inline(__always)
  package func replacing(with other: Self, where mask: S.Mask) -> Self {
    Self(
      positionIntegral: positionIntegral.replacing(with: other.positionIntegral, where: mask),
      attitudeIntegral: attitudeIntegral.replacing(with: other.attitudeIntegral, where: mask),
      lastAngles: lastAngles.replacing(with: other.lastAngles, where: mask))
  }

  /// Lets `put` write each number of another memory into that of this one.
  @inlinable @inline(__always)
  package mutating func update<T: Lanes>(
    from other: LoopMemory<T>, _ put: (inout S, T) -> Void
  ) {
    positionIntegral.update(from: other.positionIntegral, put)
    attitudeIntegral.update(from: other.attitudeIntegral, put)
    lastAngles.update(from: other.lastAngles, put)
  }

  /// The memory of the drone in one lane.
  @inlinable @inline(__always)
  package subscript(lane lane: Int) -> LoopMemory<Double> {
    get {
      LoopMemory<Double>(
        positionIntegral: positionIntegral[lane: lane],
        attitudeIntegral: attitudeIntegral[lane: lane], lastAngles: lastAngles[lane: lane])
    }
    set { update(from: newValue) { $0[lane: lane] = $1 } }
  }
}
