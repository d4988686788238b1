/// Groups of bodies, a bit each: two bodies collide where each is in a group that the other collides
/// with.
package struct CollisionGroups: OptionSet, Sendable, Hashable, BitwiseCopyable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// One group of 32, by its number from 0 to 31.
  package static func group(_ number: Int) -> CollisionGroups {
    precondition(0..<32 ~= number, "a group from 0 to 31, not \(number)")
    return CollisionGroups(rawValue: 1 << UInt32(number))
  }

  /// What the floor and obstacles are in, unless said otherwise.
  package static let obstacles = group(0)
  /// What drones are in.
  package static let drones = group(1)
  /// Every group.
  package static let all = CollisionGroups(rawValue: .max)
}
