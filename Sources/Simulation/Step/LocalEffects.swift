import Drone
import SpatialMath

/// What local effects add to the wrenches of groups.
protocol LocalEffectSum: Sendable {
  /// Adds the wrenches on some drones, effect by effect.
  func add<S: FlightLanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>)
}

extension LocalEffectSum {
  /// Adds the wrenches on the drones of a group, effect by effect.
  @inline(__always)
  func add<S: FlightLanes>(
    to values: inout StepValues<S>, of state: inout DroneState<S>,
    parameters: UnsafePointer<DroneParameters<S>>
  ) {
    unsafe withUnsafePointer(to: &state) { state in
      unsafe withUnsafeMutablePointer(to: &values) { values in
        let drones = unsafe FlightCondition(state, UnsafePointer(values), parameters)
        unsafe add(to: &values.pointee.wrench, on: drones)
      }
    }
  }
}

extension CatalogueEffects: LocalEffectSum {}

/// All local effects of the catalogue.
struct AllCatalogueEffects: LocalEffectSum {
  let first: CatalogueEffects
  let ofModels: ModelEffects

  @inline(__always)
  func add<S: FlightLanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    first.add(to: &wrench, on: drones)
    ofModels.add(to: &wrench, on: drones)
  }
}

/// Any effects: those of the catalogue that come first, then the others one by one.
@safe
struct LocalEffects: LocalEffectSum {
  /// The first effects, as far as any step is compiled with them.
  let first: CatalogueEffects
  /// The effects after those, as far as steps of models that have numbers for them are.
  let ofModels: ModelEffects
  /// The effects after those.
  private let others: [CompiledEffect]
  // The same, without counts: to count a reference up and down takes longer than most effects.
  private let unowned: [Unmanaged<CompiledEffect>]

  init(_ effects: [any LocalEffect]) {
    var rest = effects[...]
    first = CatalogueEffects(takingFrom: &rest)
    ofModels = ModelEffects(takingFrom: &rest)
    others = rest.map(\.compiled)
    unsafe unowned = others.map { unsafe Unmanaged.passUnretained($0) }
  }

  /// Those that come with the package, as far as they come first.
  var ofCatalogue: AllCatalogueEffects { AllCatalogueEffects(first: first, ofModels: ofModels) }

  /// Whether those of the catalogue are all.
  var areOfCatalogue: Bool { others.isEmpty }

  @inline(__always)
  func add<S: FlightLanes>(to wrench: inout Wrench<Body, S>, on drones: FlightCondition<S>) {
    ofCatalogue.add(to: &wrench, on: drones)
    for index in unsafe unowned.indices {
      unsafe unowned[index]._withUnsafeGuaranteedRef { S.add($0, to: &wrench, on: drones) }
    }
  }
}
