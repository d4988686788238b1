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
    public var controller: Factory
    /// The one that gym-pybullet-drones has under this name, for the models that it has it for.
    public var peer: @Sendable (QuadcopterModel, Double) -> (any Controller)?

    /// Makes a controller for a model and a gravity. [m/s²]
    public typealias Factory =
      @Sendable (QuadcopterModel, Double) throws(ControllerError) -> any Controller

    /// A controller under a name.
    ///
    /// - Parameters:
    ///   - name: What scenarios call it.
    ///   - summary: One line that says what it does.
    ///   - peer: The one that gym-pybullet-drones has under this name, or `nil` for a model that it
    ///     has none for.
    ///   - controller: The controller for a model and a gravity.
    public init(
      name: String, summary: String,
      peer: @escaping @Sendable (QuadcopterModel, Double) -> (any Controller)? = { _, _ in nil },
      controller: @escaping Factory
    ) {
      (self.name, self.summary) = (name, summary)
      (self.controller, self.peer) = (controller, peer)
    }

    /// The controller for a model and a gravity, as a preset has it. [m/s²]
    public func controller(
      for model: QuadcopterModel, gravity: Double, preset: PhysicsPreset
    ) throws(ControllerError) -> any Controller {
      if preset == .gpd, let controller = peer(model, gravity) { return controller }
      return try controller(model, gravity)
    }
  }

  /// The controllers, in the order in which they are listed.
  public private(set) var entries: [Entry]

  /// The controllers that come with the package.
  public static let standard = ControllerCatalogue(entries: [
    Entry(
      name: "pid", summary: "cascaded PID on position and attitude",
      peer: { CascadedPID.fits($0) ? CascadedPID(model: $0, gravity: $1) : nil }
    ) { (model, gravity) throws(ControllerError) in
      try DerivedPID(model: model, gravity: gravity)
    },
    Entry(name: "geometric", summary: "geometric tracking of position, velocity and acceleration") {
      (model, gravity) throws(ControllerError) in
      try GeometricController(model: model, gravity: gravity)
    },
    Entry(name: "ctbr", summary: "position by collective thrust and body rates") {
      (model, gravity) throws(ControllerError) in
      try CTBRController(model: model, gravity: gravity)
    },
    Entry(name: "hummingbird", summary: "gym-pybullet-drones' PID for its plus-shaped hummingbird")
    {
      (model, gravity) throws(ControllerError) in
      try HummingbirdPID(model: model, gravity: gravity)
    },
    Entry(
      name: "velocity", summary: "holds the reference's velocity by the same PID",
      peer: { CascadedPID.fits($0) ? VelocityController(model: $0, gravity: $1) : nil }
    ) { (model, gravity) throws(ControllerError) in
      VelocityController(try DerivedPID(model: model, gravity: gravity))
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
}
