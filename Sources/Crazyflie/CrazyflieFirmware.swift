package import Control
package import Drone
import SpatialMath

/// What runs on board of a Crazyflie: it answers packets, and turns setpoints into rotor speeds.
///
/// It knows no clock and no network: the caller tells it the time with every step, and hands on packets.
package struct CrazyflieFirmware: Sendable {
  /// How a drone is served.
  package struct Configuration: Sendable {
    /// The version that it says it has.
    package var version: String
    /// By which byte packets for many drones mean it.
    package var identifier: UInt8
    /// Whether it flies by the Mellinger law at first, rather than by the PID.
    package var usesMellinger: Bool
    /// Whether users must arm it.
    package var requiresArming: Bool
    /// Whether time goes on when clients say so.
    package var isLockStepped: Bool

    /// What is served by default is a drone that flies by its PID, arms itself, and has a clock.
    package init(
      version: String, identifier: UInt8 = 0, usesMellinger: Bool = false,
      requiresArming: Bool = false, isLockStepped: Bool = false
    ) {
      (self.version, self.identifier) = (version, identifier)
      (self.usesMellinger, self.requiresArming) = (usesMellinger, requiresArming)
      self.isLockStepped = isLockStepped
    }
  }

  /// What a client asks of the simulator, by parameters that no real drone has.
  package enum Request: Sendable, Equatable {
    /// That time goes on. [s]
    case advance(Double)
    /// That the flight starts again.
    case restart
  }

  let configuration: Configuration
  let model: QuadcopterModel
  let gravity: Double
  var commander = OnboardCommander()
  var highLevel = HighLevelCommander()
  /// What decides whether motors may run.
  package internal(set) var supervisor: Supervisor
  var console = Console()
  var external = ExternalPose()
  var senses = Senses()
  /// What the range finders of the decks saw last.
  package var ranges = Ranges()
  /// How far the estimate is from how the drone moves.
  var shift = EstimateShift()
  /// Where the drone is when its estimate begins again.
  var initial = InitialPose()
  /// How the drone moved at the last step, or seemed to.
  private(set) var seen = DroneState<Double>()
  /// What the client has asked for and the caller has not taken.
  var request: Request?
  /// The time of the last step. [s]
  private(set) var time = 0.0
  /// What the motors follow.
  package private(set) var setpoint = CrazyflieSetpoint()
  /// Whether it flies by the Mellinger law.
  private(set) var usesMellinger: Bool
  /// Older clients say by it that they know of the high-level commander, which is always there.
  var enablesHighLevel = false
  /// Whether a client has asked that the estimate begin again, and has not taken it back.
  var resetsEstimate = false {
    didSet { if resetsEstimate, !oldValue { resetEstimate() } }
  }

  /// The one law, and the other.
  var pid: CrazyfliePID
  var mellinger: CrazyflieMellinger
  private var parameters = ParameterService()
  private var logs = LogService()
  private var highLevelLoop = CrazyflieSchedule.Loop(frequency: 100)
  private var supervisorLoop = CrazyflieSchedule.Loop(frequency: 25)

  /// A drone that is switched on.
  ///
  /// - Parameters:
  ///   - model: The vehicle; its motors' speed by voltage must be known.
  ///   - gravity: The acceleration of free fall. [m/s²]
  ///   - voltage: The battery's voltage under load, where the model has none. [V]
  ///   - configuration: How it is served.
  /// - Throws: ``ControllerError`` if its laws cannot fly the model.
  package init(
    model: QuadcopterModel, gravity: Double, voltage: Double = 3.7, _ configuration: Configuration
  ) throws(ControllerError) {
    pid = try CrazyfliePID(model: model, voltage: voltage)
    mellinger = try CrazyflieMellinger(model: model, gravity: gravity, voltage: voltage)
    (self.model, self.gravity, self.configuration) = (model, gravity, configuration)
    usesMellinger = configuration.usesMellinger
    supervisor = Supervisor(requiresArming: configuration.requiresArming)
    console.tell("\(configuration.version), drone \(configuration.identifier)")
    parameters = ParameterService(of: self)
  }

  var version: String { configuration.version }
  var identifier: UInt8 { configuration.identifier }
  var isLockStepped: Bool { configuration.isLockStepped }

  /// The law that flies it.
  var law: any CrazyflieLaw { usesMellinger ? mellinger : pid }

  /// Flies by one law or the other, from a fresh start.
  mutating func select(mellinger: Bool) {
    guard mellinger != usesMellinger else { return }
    usesMellinger = mellinger
    if mellinger { self.mellinger.reset() } else { pid.reset() }
  }

  /// Makes a step: takes in how the drone moves, and says how fast rotors should turn until the next one.
  ///
  /// - Parameters:
  ///   - state: How the drone moves, or seems to.
  ///   - time: The time since the start of the flight. [s]
  ///   - period: The time until the next step. [s]
  /// - Returns: The speeds. [rpm]
  package mutating func rotorSpeeds(
    for state: DroneState<Double>, at time: Double, every period: Double
  ) -> PerRotor<Double> {
    (self.time, seen) = (time, state)
    senses.feel(state, gravity: gravity, since: period)
    if let voltage = model.batteryVoltage(in: state) {
      (pid.voltage, mellinger.voltage) = (voltage, voltage)
    }
    if commander.isAbandonedAtRest(at: time) { leaveToHighLevel() }
    let canFly = supervisor.canFly
    highLevel.isBlocked = !canFly
    if highLevelLoop.due(every: period) != nil, canFly {
      let planned = highLevel.setpoint(at: time, estimate, gravity: gravity)
      commander.take(planned, .highLevel, at: time)
    }
    supervise(every: period)
    setpoint = supervisor.allowed(canFly ? commander.setpoint : CrazyflieSetpoint())
    let believed = shift.estimate(state)
    let speeds =
      usesMellinger
      ? mellinger.rotorSpeeds(for: believed, towards: setpoint, every: period)
      : pid.rotorSpeeds(for: believed, towards: setpoint, every: period)
    return supervisor.letsMotorsRun ? speeds : PerRotor(repeating: 0)
  }

  private mutating func supervise(every period: Double) {
    guard supervisorLoop.due(every: period) != nil else { return }
    let thrusts = motorPulses.array.contains { $0 > 0 }
    supervisor.watch(thrusts: thrusts, felt: senses.felt, at: time)
    if let line = supervisor.update(at: time, setpointTime: commander.time) {
      console.tell(line)
    }
  }

  /// Answers a packet.
  ///
  /// - Parameter packet: What a client sent: anything.
  /// - Returns: The answers to that client.
  package mutating func answers(to packet: CRTPPacket) -> [CRTPPacket] {
    guard !packet.isNull else { return [.null] }
    return (CRTPPort(rawValue: packet.port).flatMap { answer(to: packet, $0) }).map { [$0] } ?? []
  }

  private mutating func answer(to packet: CRTPPacket, _ port: CRTPPort) -> CRTPPacket? {
    switch port {
    case .parameters:
      var service = parameters
      defer { parameters = service }
      return service.answer(to: packet, of: &self)
    case .commander:
      if commander.takeAttitude(packet, at: time) { highLevel.stop() }
    case .memory: return MemoryService.answer(to: packet, of: &highLevel.memory)
    case .log: return logs.answer(to: packet, at: tick)
    case .localization: LocalizationService.take(packet, of: &self)
    case .genericCommander: takeGeneric(packet)
    case .highLevelCommander:
      let error = highLevel.follow(packet.data, at: time)
      let front = packet.data + [0, 0, 0]
      return CRTPPacket(.highLevelCommander, front.prefix(3) + [error.rawValue])
    case .supervisor: return SupervisorService.answer(to: packet, of: &self)
    case .platform: return PlatformService.answer(to: packet, of: &self)
    case .link: return LinkService.answer(to: packet)
    case .console: break
    }
    return nil
  }

  private mutating func takeGeneric(_ packet: CRTPPacket) {
    if packet.channel == 0, let setpoint = GenericSetpoints.setpoint(packet.data) {
      commander.take(setpoint, .client, at: time)
      highLevel.stop()
    } else if packet.channel == 1, packet.data.first == 0, packet.data.count == 5 {
      leaveToHighLevel()
    }
  }

  /// Lets the high-level commander fly, from where the drone is.
  private mutating func leaveToHighLevel() {
    highLevel.look(at: estimate)
    commander.relaxPriority()
  }

  /// Takes out what the drone sends by itself: logs that are due, and what it tells people.
  package mutating func reports() -> [CRTPPacket] {
    guard logs.isDue(at: tick) else { return console.packets() }
    let now = self
    return console.packets() + logs.due(at: tick) { $0.value(now) }
  }

  /// Whether a client is sent what the range finders see.
  package var isAskedForRanges: Bool { logs.asks(for: "range") }

  /// Takes out what a client asks of the simulator, if it does.
  package mutating func takeRequest() -> Request? {
    defer { request = nil }
    return request
  }

  /// Switches the drone off and on: what was kept is still there, and so are the logs that a client asked
  /// for.
  package mutating func restart() throws(ControllerError) {
    var fresh = try Self(model: model, gravity: gravity, voltage: law.voltage, configuration)
    (fresh.parameters, fresh.logs) = (parameters, logs)
    fresh.logs.restart()
    parameters.restore(&fresh)
    self = fresh
  }
}
