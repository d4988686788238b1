package import Control
package import Foundation
package import Recording
package import SpatialMath

/// What a live page can show: a scenario or a task, flown as often as it is started.
package protocol LiveSource: Sendable {
  /// What it is called.
  var name: String { get }
  /// The weight of each drone. [N]
  var weights: [Double] { get }
  /// The drones that people fly, and what their sticks command until they choose.
  var people: [Int: Sticks.Mode] { get }
  /// The obstacles that move, counted among all of them.
  var movers: [Int] { get }
  /// Whether drones can be pushed.
  var takesPushes: Bool { get }
  /// What the page knows of the world, as JSON.
  var metadata: Data { get }

  /// Starts it, for the time of some number, counted from 0.
  func start(_ number: Int) throws -> any LiveRun
}

/// What flies on, step by step, while a page shows it.
package protocol LiveRun: AnyObject {
  /// The time since the start. [s]
  var time: Double { get }
  /// The time between two commands. [s]
  var period: Double { get }
  /// Where everything is.
  var instant: FlightInstant { get }

  /// Flies on by a step.
  ///
  /// - Returns: What is known then.
  /// - Throws: Why what is recorded cannot be written.
  func advance() throws -> LiveStep

  /// Pushes a drone from now on, until it is pushed otherwise. [N]
  func push(_ drone: Int, force: Vector<World, Double>)

  /// Says where the sticks of the person are who flies a drone; `nil` where nobody holds them.
  func fly(_ drone: Int, by sticks: Sticks?)

  /// Finishes what is recorded.
  ///
  /// - Returns: The folder of the recording, if there is one.
  /// - Throws: Why it cannot be written.
  func finish() throws -> String?
}

/// How a step of a ``LiveRun`` went.
package enum LiveStep: Sendable, Equatable {
  /// It goes on.
  case going
  /// It has come to its end, with what there is to say about it.
  case over(String?)
  /// A number is not finite, and it cannot go on.
  case broken
}
