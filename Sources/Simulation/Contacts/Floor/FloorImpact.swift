import Drone
import SpatialMath

/// What a level floor does to some drones in a step: the law of contact that Bullet's worlds solve too, a
/// lane a drone.
///
/// At each point with gap g the floor pushes so hard that the gap does not close before the step of length
/// dt ends, and takes a fifth of an overlap away:
///
///     λz ≥ 0, u'z ≥ w, λz (u'z − w) = 0    with w = −g / dt above the floor, −0.2 g / dt below it
///
/// and friction holds the point, as far as it can: u't = 0, or λt = ∓μ λz along and across the way that the
/// point slipped. All points are solved together by Gauss and Seidel's method, a point at a time. It
/// starts from the shares of a drone that rests on all of them. The floor gives nothing back: nothing
/// bounces.
struct FloorImpact<S: Lanes> {
  private(set) var body: FloorBody<S>
  private(set) var contacts = InlineArray<4, FloorContact<S>>(repeating: FloorContact())
  /// Where the floor may push.
  private let isMet: S.Mask

  /// How often the method passes over all points, at most. [–]
  private static var mostPasses: Int { 20 }

  /// What the floor does to drones at some points.
  @inline(__always)
  init(of drones: FloorMeeting<S>, at points: FloorPoints<S>) {
    body = FloorBody(drones)
    isMet = points.isMet
    for index in contacts.indices {
      var arm = drones.attitude(points.places[index])
      arm.z = arm.z - points.margins[index]
      contacts[index] = FloorContact(
        at: arm, gap: drones.altitude + arm.z, period: drones.period)
    }
    begin(by: FloorShares(of: contacts), mass: drones.mass, period: drones.period)
    solve()
  }

  /// Gives each point a share of the drone's mass to stop.
  @inline(__always)
  private mutating func begin(by shares: FloorShares<S>, mass: S, period: Double) {
    var (push, torque) = (S.zero, Vector<World, S>.zero)
    for index in contacts.indices {
      let contact = contacts[index]
      let speed = body.verticalSpeed(at: contact.arm) + S(1 / period) * contact.gap
      let part = (mass * shares[contact.arm] * -speed).raised(to: .zero)
      contacts[index].begin(with: part)
      push += part
      torque += Vector(part * contact.arm.y, -(part * contact.arm.x), .zero)
    }
    body.push(Vector(.zero, .zero, push), torque: torque, where: isMet)
  }

  /// Passes over all points until none changes its velocity by more than the tolerance; drones that are
  /// done wait for the others.
  @inline(__always)
  private mutating func solve() {
    var isUnderWay = isMet
    for _ in 0..<Self.mostPasses where isUnderWay.any {
      var isChanged = S.zero .< .zero
      for index in contacts.indices {
        isChanged = isChanged .| contacts[index].solve(&body, where: isUnderWay)
      }
      isUnderWay = isChanged
    }
  }

  /// Where the floor pushed.
  @inline(__always)
  var isPushed: S.Mask {
    (contacts[0].isPushed .| contacts[1].isPushed)
      .| (contacts[2].isPushed .| contacts[3].isPushed)
  }

  /// How many points of each drone pushed or overlap. [–]
  @inline(__always)
  var counts: S {
    var counts = S.zero
    for index in contacts.indices {
      counts += S.zero.replacing(with: .one, where: isTouching(index))
    }
    return counts
  }

  /// Where one of the points pushed or overlaps.
  @inline(__always)
  func isTouching(_ index: Int) -> S.Mask {
    let contact = contacts[index]
    return isMet .& (contact.isPushed .| (contact.gap .<= .zero))
  }
}
