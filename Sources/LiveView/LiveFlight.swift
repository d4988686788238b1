import Drone
import Foundation
public import Pictures
import Recording
public import Scenario
import Simulation
import SpatialMath
import Synchronization

/// A scenario that flies by the clock on the wall while people watch and take part.
///
/// It flies on a thread of its own, whatever its guests do: they read pictures from their
/// ``Outbox`` and drop wishes into a box of bounded size.
public final class LiveFlight: Sendable {
  /// What is flown.
  public let specification: FlightSpecification

  /// Pictures in a second. [Hz]
  static let rate = 60.0
  /// How long a push lasts, in flight. [s]
  private static let pushDuration = 0.15
  /// More wishes than this do not wait. [–]
  private static let mostWishes = 64
  /// A live flight has no end of its own: it outlasts the day. [s]
  private static let duration = 100_000.0

  private let catalogues: Catalogues
  private let push = PushEffect()
  private let wishes = Mutex<[Wish]>([])
  private let guests = Mutex<[ObjectIdentifier: Outbox]>([:])
  private let isStopped = Atomic<Bool>(false)

  /// A flight to come.
  ///
  /// - Parameters:
  ///   - specification: What is flown; its duration does not count.
  ///   - catalogues: What names stand for.
  /// - Throws: ``FlightError`` if it cannot be flown.
  public init(
    _ specification: FlightSpecification, catalogues: Catalogues = .standard
  ) throws(FlightError) {
    let name = "push by hand"
    var (specification, catalogues) = (specification, catalogues)
    specification.duration = Self.duration
    specification.physics.effects.append(name)
    let push = push
    catalogues.effects.register(.init(name: name, summary: "whoever watches") { _ in push })
    (self.specification, self.catalogues) = (specification, catalogues)
    _ = try Flight(specification, catalogues: catalogues)
  }

  /// The page that shows it.
  public func page() throws(PictureError) -> ReplayPage {
    let metadata = (try? JSONEncoder().encode(FlightMetadata(specification))) ?? Data("{}".utf8)
    return try ReplayPage(
      live: specification.name, droneCount: specification.drones.count, metadata: metadata)
  }

  /// Flies, until it is told to stop.
  func start() {
    let thread = Thread { [self] in fly() }
    thread.name = "flight"
    thread.start()
  }

  /// Ends the flight.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Lets a guest in, who gets the newest picture from now on.
  func welcome(_ guest: Outbox) {
    guests.withLock { $0[ObjectIdentifier(guest)] = guest }
  }

  /// Lets a guest go.
  func dismiss(_ guest: Outbox) {
    _ = guests.withLock { $0.removeValue(forKey: ObjectIdentifier(guest)) }
  }

  /// Takes a wish, unless too many wait.
  func take(_ wish: Wish) {
    wishes.withLock { if $0.count < Self.mostWishes { $0.append(wish) } }
  }

  private func fly() {
    var pace = Pace()
    while !isStopped.load(ordering: .relaxed) {
      // It flew before, when this was made.
      guard var flight = try? Flight(specification, catalogues: catalogues) else { return }
      push.clear()
      pace.isPushing = nil
      fly(&flight, &pace)
    }
  }

  /// Flies on until someone asks to start again, or the flight cannot go on.
  private func fly(_ flight: inout Flight, _ pace: inout Pace) {
    var last = ContinuousClock.now
    // How far the flight should be; it trails where the machine is too slow, and does not catch up.
    var due = flight.time
    while !isStopped.load(ordering: .relaxed) {
      if grant(&pace, at: flight.time) { return }
      let now = ContinuousClock.now
      if !pace.isPaused { due += min((now - last) / .seconds(1), 0.1) * pace.speed }
      last = now
      let deadline = now + .seconds(1 / Self.rate)
      while flight.time < due, ContinuousClock.now < deadline {
        if let end = pace.isPushing, flight.time >= end {
          push.clear()
          pace.isPushing = nil
        }
        guard !flight.isFinished, flight.advance().isEmpty else { return }
      }
      due = min(due, flight.time + 1 / specification.rates.control)
      publish(flight.instant, at: flight.time, pace)
      let rest = deadline - ContinuousClock.now
      if rest > .zero { Thread.sleep(forTimeInterval: rest / .seconds(1)) }
    }
  }

  /// Grants what was wished for; answers whether to start again.
  private func grant(_ pace: inout Pace, at time: Double) -> Bool {
    let granted = wishes.withLock { wishes in
      defer { wishes.removeAll(keepingCapacity: true) }
      return wishes
    }
    for wish in granted {
      switch wish {
      case .pause(let isPaused): pace.isPaused = isPaused
      case .speed(let speed): pace.speed = speed
      case .reset: return true
      case .push(let drone, let direction):
        guard drone < specification.drones.count else { continue }
        let weight = specification.drones[drone].model.mass * specification.physics.gravity
        push.set(drone, force: weight * direction)
        pace.isPushing = time + Self.pushDuration
      }
    }
    return false
  }

  private func publish(_ instant: [TrajectorySample], at time: Double, _ pace: Pace) {
    let guests = guests.withLock { Array($0.values) }
    guard !guests.isEmpty else { return }
    let picture = WebSocketFrame.encoded(
      LivePicture.bytes(of: instant, at: time, speed: pace.speed, isPaused: pace.isPaused),
      as: .binary)
    for guest in guests { guest.put(picture: picture) }
  }

  /// How fast time goes by.
  private struct Pace {
    var isPaused = false
    var speed = 1.0
    /// When the hand lets go again, where it pushes. [s]
    var isPushing: Double?
  }
}
