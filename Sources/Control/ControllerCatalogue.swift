public import Drone
public import Parameters

/// Why a controller cannot fly a model.
public struct ControllerError: Error, Sendable, CustomStringConvertible {
  /// What is in the way.
  public var description: String

  /// An error with its explanation.
  public init(_ description: String) { self.description = description }
}

/// The controllers that a name can stand for.
///
///     catalogues.controllers.register(
///       .init(
///         name: "lagging", summary: "the PID behind a smoothed setpoint",
///         parameters: .number("lag", "how far behind", unit: "s", in: .positive, default: 0.2)
///       ) { (model, gravity, lag) throws(ControllerError) in
///         try LaggingPID(model: model, gravity: gravity, lag: lag)
///       })
///
/// A scenario then writes `controller: lagging`, or `controller: { lagging: { lag: 0.3 } }`.
public typealias ControllerCatalogue = Catalogue<ControllerEntry>

extension ControllerCatalogue {
  /// The controllers that come with the package.
  public static var standard: ControllerCatalogue {
    ControllerCatalogue([
      Entry(
        name: "pid", summary: "cascaded PID on position and attitude",
        peer: { CascadedPID.fits($0) ? CascadedPID(model: $0, gravity: $1) : nil }
      ) { (model, gravity) throws(ControllerError) in
        try DerivedPID(model: model, gravity: gravity)
      },
      Entry(
        name: "geometric", summary: "geometric tracking of position, velocity and acceleration"
      ) { (model, gravity) throws(ControllerError) in
        try GeometricController(model: model, gravity: gravity)
      },
      Entry(
        name: "ctbr", summary: "position by collective thrust and body rates",
        peer: { try? CTBRController(model: $0, gravity: $1) }
      ) { (model, gravity) throws(ControllerError) in
        try TurningCTBR(model: model, gravity: gravity)
      },
      Entry(
        name: "hummingbird", summary: "gym-pybullet-drones' PID for its plus-shaped hummingbird",
        peer: { try? HummingbirdPID(model: $0, gravity: $1) }
      ) { (model, gravity) throws(ControllerError) in
        try TurningHummingbirdPID(model: model, gravity: gravity)
      },
      Entry(
        name: "velocity", summary: "holds the reference's velocity by the same PID",
        peer: { CascadedPID.fits($0) ? VelocityController(model: $0, gravity: $1) : nil }
      ) { (model, gravity) throws(ControllerError) in
        VelocityController(try DerivedPID(model: model, gravity: gravity))
      },
      CrazyfliePID.entry, CrazyflieMellinger.entry,
    ])
  }
}

/// A controller under a name, with its parameters.
public struct ControllerEntry: CatalogueEntry {
  public let name: String
  public let summary: String
  /// Makes the controller for a model and a gravity.
  package let factory: Factory<Vehicle, any Controller, ControllerError>
  /// The one that gym-pybullet-drones has under this name, for the models that it has it for.
  private let peer: Peer

  /// What a controller is made for: a model, and the acceleration of free fall. [m/s²]
  package typealias Vehicle = (model: QuadcopterModel, gravity: Double)

  /// Makes a controller for a model and a gravity, or `nil` for a model that there is none for.
  /// [m/s²]
  typealias Peer = @Sendable (QuadcopterModel, Double) -> (any Controller)?

  /// A controller under a name.
  ///
  /// - Parameters:
  ///   - name: What scenarios call it.
  ///   - summary: One line that says what it does.
  ///   - parameters: What scenarios can say of it.
  ///   - controller: The controller for a model and a gravity in m/s², and for values of the
  ///     parameters in their order.
  public init<each Value, C: Controller>(
    name: String, summary: String, parameters: repeat Parameter<each Value>,
    controller:
      @escaping @Sendable (QuadcopterModel, Double, repeat each Value) throws(ControllerError) -> C
  ) {
    (self.name, self.summary) = (name, summary)
    peer = { _, _ in nil }
    factory = Factory(repeat each parameters) {
      (vehicle: Vehicle, values: repeat each Value) throws(ControllerError) -> any Controller in
      try controller(vehicle.model, vehicle.gravity, repeat each values)
    }
  }

  /// A controller under a name that gym-pybullet-drones has too.
  init(
    name: String, summary: String, peer: @escaping Peer,
    controller:
      @escaping @Sendable (QuadcopterModel, Double) throws(ControllerError) -> any Controller
  ) {
    (self.name, self.summary, self.peer) = (name, summary, peer)
    factory = Factory { (vehicle: Vehicle) throws(ControllerError) in
      try controller(vehicle.model, vehicle.gravity)
    }
  }

  /// The controller for a model and a gravity, as a preset has it. [m/s²]
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - preset: Whose controller is meant where there are two.
  ///   - values: Those of its parameters; their defaults, where nothing is said.
  /// - Returns: The controller.
  /// - Throws: ``ControllerError`` if it cannot fly the model.
  package func controller(
    for model: QuadcopterModel, gravity: Double, preset: PhysicsPreset,
    values: [ParameterValue]? = nil
  ) throws(ControllerError) -> any Controller {
    if preset == .gpd, let controller = peer(model, gravity) { return controller }
    guard let values = values ?? factory.defaults else {
      throw ControllerError("\(name) has parameters without a default")
    }
    return try factory.make((model, gravity), values)
  }
}
