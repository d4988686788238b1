import SpatialMath

/// What a drone sees of a pillar: a thin one is a matter of centimetres beside the way that it flies.
///
/// | numbers | what they are |
/// | --- | --- |
/// | 0, 1 | where it is from the drone, along the gate's axes / 1 m, held within 1 |
/// | 2, 3 | the same along the drone's velocity over ground, and to the left of that |
/// | 4 | how near it is: 1 at its middle, 0 from 0.5 m on |
struct PillarView {
  /// How many numbers there are. [–]
  static let count = 5
  /// From how near it counts as near. [m]
  private static let reach = 0.5

  private(set) var numbers = InlineArray<5, Double>(repeating: 0)

  /// A pillar somewhere from the drone; zero stands for none.
  init(_ offset: Vector<World, Double>, _ velocity: Vector<World, Double>) {
    guard offset != .zero else { return }
    numbers[0] = offset.x.clamped(from: -1, to: 1)
    numbers[1] = offset.y.clamped(from: -1, to: 1)
    let speed = (velocity.x * velocity.x + velocity.y * velocity.y).squareRoot()
    // Slower than that, there is hardly a direction.
    let (cosine, sine) = (velocity.x / max(speed, 0.1), velocity.y / max(speed, 0.1))
    numbers[2] = (cosine * offset.x + sine * offset.y).clamped(from: -1, to: 1)
    numbers[3] = (cosine * offset.y - sine * offset.x).clamped(from: -1, to: 1)
    numbers[4] = max(0, 1 - offset.norm / Self.reach)
  }
}
