/// Lanes in which the drones of swarms stand, group by group.
@usableFromInline
package protocol GroupLanes: Lanes {
  /// 0, 1, 2 and so on.
  static var laneNumbers: Self { get }
  /// The least of the numbers, where none is NaN.
  var least: Double { get }
}

extension GroupLanes {
  /// The greatest of the numbers, where none is NaN.
  @inlinable @inline(__always)
  package var greatest: Double { -(-self).least }
}
