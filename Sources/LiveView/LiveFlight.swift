import Control
import FlyingFox
import Foundation
package import Pictures
import Recording
import SpatialMath
import Synchronization

/// What flies in real time while browsers show it and command it.
///
/// It flies on a thread of its own, whatever its clients do: they take pictures from their
/// ``ClientQueue``, and put commands into a list of bounded length and their sticks into ``Seats``.
package final class LiveFlight: Sendable {
  /// Pictures in a second. [Hz]
  static let rate = 60.0
  /// How long a push lasts, in flight. [s]
  private static let pushDuration = 0.15
  /// How long what has come to its end stands before it starts again. [s]
  private static let restAtEnd = 1.0
  /// Commands beyond this number are dropped. [–]
  private static let mostCommands = 64

  private let source: any LiveSource
  private let weights: [Double]
  private let people: [Int]
  private let note: @Sendable (String) -> Void
  private let commands = Mutex<[ViewerCommand]>([])
  private let seats = Mutex(Seats())
  private let clients = Mutex<[ObjectIdentifier: ClientQueue]>([:])
  private let isStopped = Atomic<Bool>(false)
  private let hasEnded = DispatchSemaphore(value: 0)
  private let recorded = Mutex<[String]>([])

  /// A flight that starts with the server that shows it.
  ///
  /// - Parameters:
  ///   - source: What is flown.
  ///   - note: Told, in a line, how flights end, and when one cannot go on.
  package init(_ source: some LiveSource, note: @escaping @Sendable (String) -> Void = { _ in }) {
    (self.source, self.note) = (source, note)
    (weights, people) = (source.weights, source.people.keys.sorted())
  }

  /// The page that shows it.
  package func page() throws(PictureError) -> ReplayPage {
    try ReplayPage(
      live: source.name, droneCount: weights.count, movers: source.movers,
      people: source.people.mapValues(\.rawValue), takesPushes: source.takesPushes,
      metadata: source.metadata)
  }

  /// The folders of the flights that were recorded to their ends.
  package var recordings: [String] { recorded.withLock { $0 } }

  /// Flies until it is told to stop.
  func start() {
    let thread = Thread { [self] in
      fly()
      hasEnded.signal()
    }
    thread.name = "flight"
    thread.start()
  }

  /// Ends the flight.
  func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Ends the flight, and waits until what it recorded is written.
  package func finish() {
    stop()
    hasEnded.wait()
    hasEnded.signal()
  }

  /// Adds a client, which gets the newest picture from now on.
  func add(_ client: ClientQueue) {
    clients.withLock { $0[ObjectIdentifier(client)] = client }
  }

  /// Removes a client, whose sticks are let go.
  func remove(_ client: ClientQueue) {
    _ = clients.withLock { $0.removeValue(forKey: ObjectIdentifier(client)) }
    seats.withLock { $0.remove(ObjectIdentifier(client)) }
  }

  /// Takes a command of a client, unless too many wait.
  func take(_ command: ViewerCommand, from client: ClientQueue) {
    if case .fly(let drone, let sticks) = command {
      guard people.contains(drone) else { return }
      let (now, id) = (ContinuousClock.now, ObjectIdentifier(client))
      return seats.withLock { $0.take(sticks, of: drone, from: id, at: now) }
    }
    commands.withLock { if $0.count < Self.mostCommands { $0.append(command) } }
  }
}

extension LiveFlight {
  /// How a run ended.
  private enum Ending {
    /// It has come to its end.
    case over
    /// It is to start again at once.
    case reset
    /// It cannot go on.
    case broken
    /// All is to stop.
    case stopped
  }

  private func fly() {
    var (pace, number) = (Pace(), 0)
    while !isStopped.load(ordering: .relaxed) {
      pace.push = nil
      pace.last = (FlightInstant(), 0)
      do {
        let run = try source.start(number)
        number += 1
        let ending = try fly(run, &pace)
        // A flight that is broken keeps its partial names.
        if ending != .broken, let folder = try run.finish() {
          recorded.withLock { $0.append(folder) }
        }
        switch ending {
        case .reset, .stopped: continue
        case .over: stand(pace, for: Self.restAtEnd)
        case .broken:
          note(
            "\(source.name): a drone's state is not finite after \(run.time) s; "
              + "the flight stands until it is started again")
          stand(pace)
        }
      } catch {
        note("\(source.name): \(error); the flight stands until it is started again")
        stand(pace)
      }
    }
  }

  /// Shows the last sound instant for some time, or until a command to start again. [s]
  private func stand(_ pace: Pace, for time: Double = .infinity) {
    let end = time.isFinite ? ContinuousClock.now + .seconds(time) : nil
    while !isStopped.load(ordering: .relaxed) {
      if let end, ContinuousClock.now >= end { return }
      publish(pace.last.instant, at: pace.last.time, pace)
      for command in takeCommands() {
        if case .reset = command { return }
      }
      Thread.sleep(forTimeInterval: 1 / Self.rate)
    }
  }

  private func takeCommands() -> [ViewerCommand] {
    commands.withLock { commands in
      defer { commands.removeAll(keepingCapacity: true) }
      return commands
    }
  }

  /// Flies on until something ends it.
  private func fly(_ run: any LiveRun, _ pace: inout Pace) throws -> Ending {
    var last = ContinuousClock.now
    // How far the flight should be; it trails where the machine is too slow, and does not catch up.
    var due = run.time
    while !isStopped.load(ordering: .relaxed) {
      if follow(&pace, run) { return .reset }
      let now = ContinuousClock.now
      if !pace.isPaused { due += min((now - last) / .seconds(1), 0.1) * pace.speed }
      last = now
      let deadline = now + .seconds(1 / Self.rate)
      while run.time < due, ContinuousClock.now < deadline {
        if let push = pace.push, run.time >= push.end {
          run.push(push.drone, force: .zero)
          pace.push = nil
        }
        for drone in people {
          run.fly(drone, by: seats.withLock { $0.sticks(of: drone, at: now) })
        }
        switch try run.advance() {
        case .going: continue
        case .broken: return .broken
        case .over(let words):
          if let words { note("\(source.name): \(words)") }
          pace.last = (run.instant, run.time)
          return .over
        }
      }
      due = min(due, run.time + run.period)
      pace.last = (run.instant, run.time)
      publish(pace.last.instant, at: run.time, pace)
      let rest = deadline - ContinuousClock.now
      if rest > .zero { Thread.sleep(forTimeInterval: rest / .seconds(1)) }
    }
    return .stopped
  }

  /// Follows the commands that wait; returns whether to start again.
  private func follow(_ pace: inout Pace, _ run: any LiveRun) -> Bool {
    for command in takeCommands() {
      switch command {
      case .pause(let isPaused): pace.isPaused = isPaused
      case .speed(let speed): pace.speed = speed
      case .reset: return true
      case .fly: continue
      case .push(let drone, let direction):
        guard drone < weights.count else { continue }
        if let push = pace.push { run.push(push.drone, force: .zero) }
        run.push(drone, force: weights[drone] * direction)
        pace.push = (drone, run.time + Self.pushDuration)
      }
    }
    return false
  }

  private func publish(_ instant: FlightInstant, at time: Double, _ pace: Pace) {
    let clients = clients.withLock { Array($0.values) }
    guard !clients.isEmpty, !instant.drones.isEmpty else { return }
    let picture = WSFrame.message(
      FlightFrame.bytes(of: instant, at: time, speed: pace.speed, isPaused: pace.isPaused),
      as: .binary)
    for client in clients { client.put(picture: picture) }
  }

  /// How fast time goes by.
  private struct Pace {
    var isPaused = false
    var speed = 1.0
    /// The drone that is pushed, and until when. [s]
    var push: (drone: Int, end: Double)?
    /// What was shown last, and when it was. [s]
    var last: (instant: FlightInstant, time: Double) = (FlightInstant(), 0)
  }
}
