/// What becomes of a drone whose episode ends before those of others in its world.
public enum EndedDrones: String, Sendable, Hashable, CaseIterable {
  /// It stays as a thing: its rotors stop, and others may hit it.
  case stay
  /// It leaves: nothing touches, feels or sees it until the world is reset.
  case leave
}
