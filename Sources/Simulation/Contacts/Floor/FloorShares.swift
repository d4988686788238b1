import SpatialMath

/// How the weight of drones that rest on some points is shared among these.
///
/// The share of a point at (x, y) from the centre of mass is a + b x + c y, with
///
///     Σ (a + b x + c y) = 1    Σ x (a + b x + c y) = 0    Σ y (a + b x + c y) = 0
///
/// so that all of them carry the weight, and do not tip the drone. Shares are even where that would ask a
/// point to pull, and of points on a line.
struct FloorShares<S: Lanes> {
  private let a: S
  private let b: S
  private let c: S

  /// How much smaller than the product of its diagonal the determinant is of points on a line. [–]
  private static var leastDeterminant: Double { 1e-4 }

  /// The shares of some points, those of which that are far above left out.
  @inline(__always)
  init(of contacts: InlineArray<4, FloorContact<S>>) {
    var m = SymmetricMatrix<World, S>.zero
    for index in contacts.indices {
      let (r, isPoint) = (contacts[index].arm, contacts[index].isPoint)
      m.xx += isPoint
      m.xy += isPoint * r.x
      m.xz += isPoint * r.y
      m.yy += isPoint * (r.x * r.x)
      m.yz += isPoint * (r.x * r.y)
      m.zz += isPoint * (r.y * r.y)
    }
    let even = S.one / m.xx.raised(to: .one)
    // The first column of the inverse: its minors over the determinant.
    let minors = (m.yy * m.zz - m.yz * m.yz, m.xz * m.yz - m.xy * m.zz, m.xy * m.yz - m.xz * m.yy)
    let determinant = m.xx * minors.0 + m.xy * minors.1 + m.xz * minors.2
    let least = S(Self.leastDeterminant) * (m.xx * (m.yy * m.zz))
    let isSpread = least .< determinant
    let share = S.one / S.one.replacing(with: determinant, where: isSpread)
    let (x, y) = (share * minors.1, share * minors.2)
    let level = share * minors.0
    var isEven = .!isSpread
    for index in contacts.indices {
      let (r, isPoint) = (contacts[index].arm, contacts[index].isPoint)
      isEven = isEven .| (isPoint * (level + x * r.x + y * r.y) .< .zero)
    }
    a = level.replacing(with: even, where: isEven)
    b = x.replacing(with: .zero, where: isEven)
    c = y.replacing(with: .zero, where: isEven)
  }

  /// The share of a point. [–]
  @inline(__always)
  subscript(arm: Vector<World, S>) -> S { a + b * arm.x + c * arm.y }
}
