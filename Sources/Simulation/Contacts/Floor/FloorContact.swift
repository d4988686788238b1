import SpatialMath

/// A point at which drones may meet a level floor, a lane a drone.
struct FloorContact<S: Lanes> {
  /// From the centre of mass. [m]
  let arm: Vector<World, S>
  /// How far above the floor; below 0 for an overlap. [m]
  let gap: S
  /// The speed upwards that the point has at least once the floor has pushed it. [m/s]
  let leastSpeed: S
  /// What the floor has given so far. [N·s]
  private(set) var impulse = Vector<ContactFrame, S>.zero
  private var direction = SlipDirection<S>(along: .zero)
  /// What velocity an impulse gives the point. [1/kg]
  private var mobility = SymmetricMatrix<ContactFrame, S>.zero
  private var inertia = SymmetricMatrix<ContactFrame, S>.zero
  private var isPrepared = false

  /// The share of an overlap that a step removes. [–]
  private static var overlapShare: Double { 0.2 }
  /// The highest speed at which drones leave the floor that they overlap with. [m/s]
  private static var partingSpeed: Double { 1 }
  /// How much of what the floor's push does remains of it at least, against friction's that opposes it. [–]
  private static var leastShare: Double { 0.01 }

  /// No point, far above.
  init() { (arm, gap, leastSpeed) = (.zero, S(1e9), .zero) }

  /// A point, for a step of some length. [m, m, s]
  @inline(__always)
  init(at arm: Vector<World, S>, gap: S, period: Double) {
    (self.arm, self.gap) = (arm, gap)
    let parting = (S(-Self.overlapShare / period) * gap).lowered(to: S(Self.partingSpeed))
    leastSpeed = (S(-1 / period) * gap).replacing(with: parting, where: gap .<= .zero)
  }

  /// Whether there is a point at all, 1 or 0. [–]
  var isPoint: S { S.zero.replacing(with: .one, where: gap .< S(1e6)) }

  /// Begins with a push upwards.
  @inline(__always)
  mutating func begin(with push: S) { impulse.z = push }

  /// Where the floor has pushed.
  var isPushed: S.Mask { S.zero .< impulse.z }

  /// Takes one step of Gauss and Seidel's method: gives the point the impulse that it asks for while all
  /// others keep theirs.
  ///
  /// - Parameters:
  ///   - body: The drones, whose velocities it changes.
  ///   - isUnderWay: The drones that are not done.
  /// - Returns: Where the impulse changed the velocity of the point by more than the body's tolerance.
  @inline(__always)
  mutating func solve(_ body: inout FloorBody<S>, where isUnderWay: S.Mask) -> S.Mask {
    let none = S.zero .< .zero
    let lack = leastSpeed - body.verticalSpeed(at: arm)
    let isMet = isUnderWay .& ((S.zero .< lack) .| isPushed)
    guard isMet.any else { return none }
    if !isPrepared { prepare(body) }
    let slip = direction(body.velocity(at: arm))
    let missing = Vector<ContactFrame, S>(-slip.x, -slip.y, lack)
    let next = impulse(toAdd: missing, friction: body.friction)
    let change = next - impulse
    impulse = impulse.replacing(with: next, where: isMet)
    body.push(direction.inverse(change), at: arm, where: isMet)
    let tolerance = body.tolerance
    return isMet
      .& ((tolerance .< mobility.xx * change.x.magnitude)
        .| (tolerance .< mobility.yy * change.y.magnitude)
        .| (tolerance .< mobility.zz * change.z.magnitude))
  }

  /// Works out what an impulse at the point does.
  private mutating func prepare(_ body: FloorBody<S>) {
    direction = SlipDirection(along: body.start.velocity(at: arm))
    mobility = direction(body.mobility(at: arm))
    inertia = mobility.inverse
    isPrepared = true
  }

  /// The impulse after which the velocity of the point has changed by what is missing, as far as friction
  /// lets it.
  ///
  /// The floor only pushes, λz ≥ 0; along and across the way that the point slipped before the step, friction is
  /// μ λz at most. So the point sticks, or it slides along one direction or both.
  @inline(__always)
  private func impulse(
    toAdd missing: Vector<ContactFrame, S>, friction: S
  ) -> Vector<ContactFrame, S> {
    let stuck = impulse + inertia(missing)
    let bound = friction * stuck.z
    let (slidesAlong, slidesAcross) = (
      bound .< stuck.x.magnitude, bound .< stuck.y.magnitude
    )
    var next = stuck
    if (slidesAlong .| slidesAcross).any {
      let sliding = sliding(
        missing + mobility(impulse), stuck: stuck, along: slidesAlong, friction: friction)
      next = next.replacing(with: sliding, where: slidesAlong .| slidesAcross)
    }
    return next.replacing(with: .zero, where: next.z .<= .zero)
  }

  /// The impulse of a point that slides along x, or where it does not along y, and the other way too where it
  /// does not stick there.
  ///
  /// With λx = s λz, s = ±μ, what remains of K λ = b are two equations for λy and λz, and with λy = s' λz
  /// too it is one.
  @inline(__always)
  private func sliding(
    _ b: Vector<ContactFrame, S>, stuck: Vector<ContactFrame, S>, along: S.Mask, friction: S
  ) -> Vector<ContactFrame, S> {
    let k = mobility
    func either(_ x: S, _ y: S) -> S { y.replacing(with: x, where: along) }
    let (slides, sticks) = (either(k.xz, k.yz), either(k.yz, k.xz))
    let (other, bSticks) = (either(k.yy, k.xx), either(b.y, b.x))
    let s = signed(friction, as: either(stuck.x, stuck.y))
    let push = k.zz + s * slides
    let cross = sticks + s * k.xy
    let least = S(Self.leastShare) * k.zz
    let share = S.one / (push * other - cross * sticks).raised(to: least * other)
    var z = share * (b.z * other - bSticks * sticks)
    var free = share * (push * bSticks - cross * b.z)
    let slidesBoth = friction * z .< free.magnitude
    let s2 = signed(friction, as: free)
    let zBoth = b.z / (push + s2 * sticks).raised(to: least)
    z = z.replacing(with: zBoth, where: slidesBoth)
    free = free.replacing(with: s2 * zBoth, where: slidesBoth)
    let bound = s * z
    return Vector(either(bound, free), either(free, bound), z)
  }

  /// A number with the sign of another.
  @inline(__always)
  private func signed(_ number: S, as other: S) -> S {
    number.replacing(with: -number, where: other .< .zero)
  }
}
