public import SpatialMath

/// Groups that have drones which one may act on.
@usableFromInline
protocol NearGroups {
  /// Where the groups of a drone are found, in order.
  func places(of drone: Int, in world: Range<Int>) -> Range<Int>
  /// The group at such a place.
  func group(at place: Int) -> Int
  /// Whether there are any for some drones.
  func areAny(of drones: Range<Int>) -> Bool
}

/// All groups of a drone's world.
@usableFromInline
struct GroupsOfWorld<S: GroupLanes>: NearGroups {
  @inlinable init() {}

  @inlinable @inline(__always)
  func places(of drone: Int, in world: Range<Int>) -> Range<Int> {
    SwarmGroups<S>.groups(of: world)
  }

  @inlinable @inline(__always)
  func group(at place: Int) -> Int { place }

  @inlinable @inline(__always)
  func areAny(of drones: Range<Int>) -> Bool { true }
}

/// The groups of ``ReachLists``, where they are: to look them up through arrays takes as long as to
/// tell which drones feel one.
@unsafe
@usableFromInline
struct ListedGroups: @unsafe NearGroups {
  @usableFromInline let starts: UnsafePointer<Int>
  @usableFromInline let groups: UnsafePointer<Int32>

  @inlinable @inline(__always)
  init(_ starts: UnsafePointer<Int>, _ groups: UnsafePointer<Int32>) {
    unsafe (self.starts, self.groups) = (starts, groups)
  }

  @inlinable @inline(__always)
  func places(of drone: Int, in world: Range<Int>) -> Range<Int> {
    unsafe starts[drone]..<starts[drone + 1]
  }

  @inlinable @inline(__always)
  func group(at place: Int) -> Int { unsafe Int(groups[place]) }

  @inlinable @inline(__always)
  func areAny(of drones: Range<Int>) -> Bool {
    unsafe starts[drones.lowerBound] < starts[drones.upperBound]
  }
}

extension ReachLists {
  /// Works with the groups that may feel each drone.
  @inlinable @inline(__always)
  func withGroups(_ body: (ListedGroups) -> Void) {
    unsafe starts.withUnsafeBufferPointer { starts in
      unsafe groups.withUnsafeBufferPointer { groups in
        // There are no groups where no drone was ever felt.
        guard let start = starts.baseAddress, let group = groups.baseAddress else { return }
        unsafe body(ListedGroups(start, group))
      }
    }
  }
}
