package import Control
package import Foundation
package import SpatialMath

/// A command from the page that shows a live flight.
package enum ViewerCommand: Equatable {
  /// Stop the clock, or let it run on.
  case pause(Bool)
  /// Start again.
  case reset
  /// Fly so many seconds in a second. [–]
  case speed(Double)
  /// Push a drone in a direction of the world, of length 1.
  case push(drone: Int, direction: Vector<World, Double>)
  /// Fly a drone by sticks that are so now; `nil` lets it go.
  case fly(drone: Int, Sticks?)

  /// The speeds that there are. [–]
  static let speeds = 0.01...100.0

  /// The command in a message of JSON, if it holds one that can be followed.
  package init?(parsing message: Data) {
    guard let text = try? JSONDecoder().decode(Message.self, from: message) else { return nil }
    switch (text.pause, text.reset, text.speed, text.push, text.fly) {
    case (let isPaused?, nil, nil, nil, nil): self = .pause(isPaused)
    case (nil, true?, nil, nil, nil): self = .reset
    case (nil, nil, let speed?, nil, nil) where Self.speeds.contains(speed): self = .speed(speed)
    case (nil, nil, nil, let push?, nil):
      guard let direction = push.unitDirection, push.drone >= 0 else { return nil }
      self = .push(drone: push.drone, direction: direction)
    case (nil, nil, nil, nil, let fly?):
      guard fly.drone >= 0, let sticks = fly.wanted else { return nil }
      self = .fly(drone: fly.drone, sticks)
    default: return nil
    }
  }

  /// A message as the page writes it: one of these.
  private struct Message: Decodable {
    struct Push: Decodable {
      var drone: Int
      var direction: [Double]

      var unitDirection: Vector<World, Double>? {
        guard direction.count == 3 else { return nil }
        let v = Vector<World, Double>(direction[0], direction[1], direction[2])
        guard v.norm > 1e-6, v.norm < 1e6 else { return nil }
        return (1 / v.norm) * v
      }
    }

    struct Fly: Decodable {
      var drone: Int
      var mode: String?
      /// Roll, pitch, yaw and throttle; none to let the drone go.
      var sticks: [Double]?

      /// The sticks, or `nil` for none, where they make sense.
      var wanted: Sticks?? {
        guard let sticks else { return .some(nil) }
        guard sticks.count == 4, sticks.allSatisfy({ (-1...1).contains($0) }),
          let mode = mode.flatMap(Sticks.Mode.init)
        else { return nil }
        return Sticks(
          mode: mode, roll: sticks[0], pitch: sticks[1], yaw: sticks[2], throttle: sticks[3])
      }
    }

    var pause: Bool?
    var reset: Bool?
    var speed: Double?
    var push: Push?
    var fly: Fly?
  }
}
