import SpatialMath

/// The frame of a point of contact with a level floor: x along the way that the point slips, y across it, z
/// up.
enum ContactFrame: Frame {}

/// How the frame of a contact is turned in the world: about z.
struct SlipDirection<S: Lanes> {
  /// The world's components of its x axis. [–]
  private let x: S
  private let y: S

  /// The square of the speed up to which nothing slips. [m²/s²]
  private static var stillness: Double { 0x1p-52 }

  /// Along a velocity; the world's x axis where that is nearly vertical.
  @inline(__always)
  init(along velocity: Vector<World, S>) {
    let square = velocity.x * velocity.x + velocity.y * velocity.y
    let isSlipping = S(Self.stillness) .< square
    let share = S.one / S.one.replacing(with: square.squareRoot(), where: isSlipping)
    x = S.one.replacing(with: velocity.x * share, where: isSlipping)
    y = S.zero.replacing(with: velocity.y * share, where: isSlipping)
  }

  /// A vector of the world in the contact's frame.
  @inline(__always)
  func callAsFunction(_ v: Vector<World, S>) -> Vector<ContactFrame, S> {
    Vector(x * v.x + y * v.y, x * v.y - y * v.x, v.z)
  }

  /// A vector of the contact's frame in the world.
  @inline(__always)
  func inverse(_ v: Vector<ContactFrame, S>) -> Vector<World, S> {
    Vector(x * v.x - y * v.y, y * v.x + x * v.y, v.z)
  }

  /// A matrix of the world in the contact's frame.
  @inline(__always)
  func callAsFunction(_ m: SymmetricMatrix<World, S>) -> SymmetricMatrix<ContactFrame, S> {
    let (xx, yy, xy) = (x * x, y * y, x * y)
    let mixed = (xy + xy) * m.xy
    return SymmetricMatrix(
      xx: xx * m.xx + yy * m.yy + mixed, yy: yy * m.xx + xx * m.yy - mixed, zz: m.zz,
      xy: xy * (m.yy - m.xx) + (xx - yy) * m.xy, xz: x * m.xz + y * m.yz,
      yz: x * m.yz - y * m.xz)
  }
}
