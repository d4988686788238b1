/// Groups of bodies, a bit each: two bodies collide where each is in a group that the other collides
/// with.
public struct CollisionGroups: OptionSet, Sendable, Hashable, BitwiseCopyable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// One group of 32, by its number from 0 to 31.
  public static func group(_ number: Int) -> CollisionGroups {
    precondition(0..<32 ~= number, "a group from 0 to 31, not \(number)")
    return CollisionGroups(rawValue: 1 << UInt32(number))
  }

  /// What the floor and obstacles are in, unless said otherwise.
  public static let obstacles = group(0)
  /// What drones are in.
  public static let drones = group(1)
  /// Every group.
  public static let all = CollisionGroups(rawValue: .max)
}
