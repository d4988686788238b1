public import Drone

/// Why a controller cannot fly a model.
public struct ControllerError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  /// An error with its explanation.
  public init(_ description: String) { self.description = description }
}

/// The controllers that a name can stand for.
///
/// A program of your own adds its controllers with ``register(_:)`` before it reads a scenario.
public struct ControllerCatalogue: Sendable {
  /// One controller.
  public struct Entry: Sendable {
    /// What scenarios call it.
    public var name: String
    /// One line that says what it does.
    public var summary: String
    /// The controller for a model and a gravity. [m/s²]
    public var controller:
      @Sendable (QuadcopterModel, Double) throws(ControllerError) -> any Controller

    /// A controller under a name.
    public init(
      name: String, summary: String,
      controller:
        @escaping @Sendable (QuadcopterModel, Double) throws(ControllerError) ->
        any Controller
    ) {
      (self.name, self.summary, self.controller) = (name, summary, controller)
    }
  }

  /// The controllers, in the order in which they are listed.
  public private(set) var entries: [Entry]

  /// The controllers that come with the package.
  public static let standard = ControllerCatalogue(entries: [
    Entry(name: "pid", summary: "cascaded PID on position and attitude") {
      (model, gravity) throws(ControllerError) in
      try checkIsCrazyflie(model, controller: "pid")
      return CascadedPID(model: model, gravity: gravity)
    },
    Entry(name: "velocity", summary: "holds the reference's velocity by the same PID") {
      (model, gravity) throws(ControllerError) in
      try checkIsCrazyflie(model, controller: "velocity")
      return VelocityController(model: model, gravity: gravity)
    },
  ])

  /// Adds a controller, or puts it in the place of the one of that name.
  public mutating func register(_ entry: Entry) {
    if let index = entries.firstIndex(where: { $0.name == entry.name }) {
      entries[index] = entry
    } else {
      entries.append(entry)
    }
  }

  /// The controller of some name.
  public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

  /// The names, in the order in which they are listed.
  public var names: [String] { entries.map(\.name) }

  /// The gains in counts of the motor signal belong to a Crazyflie.
  private static func checkIsCrazyflie(
    _ model: QuadcopterModel, controller: String
  ) throws(ControllerError) {
    guard model.mass <= 0.06 else {
      throw ControllerError(
        "\(controller) has the gains of a Crazyflie; "
          + "\(model.name) of \(model.mass) kg is too heavy for them (expected at most 0.06 kg)")
    }
  }
}
