import Configuration
import Control
import Parameters
import Recording

extension DroneSchema {
  /// A person who flies, or what one did with the sticks in a flight before.
  func human(_ value: ValueReader, drone: Int) -> WrittenController? {
    value.mapping { map in
      let reader = ParameterReader(folder: schema.folder)
      let values = reader.values(of: StickLimits.factory.parameters, in: &map)
      let isRepeated = map.has("sticks")
      let written = map.optional(
        "sticks", "the sticks of a recorded flight, to be moved so again", usual: "a person's"
      ) { recordings.sticks($0, drone: drone) }
      guard let values, written != nil || !isRepeated else { return nil }
      let (mode, limits) = StickLimits.factory.make((), values)
      var named = StickLimits.factory.named(values)
      if let file = written?.file {
        named = ParameterValues(
          names: named.names + ["sticks"], values: named.values + [.file(written: file, path: file)]
        )
      }
      return WrittenController(name: "human", values: named) { model throws(ControllerError) in
        try HumanController(
          model: model, gravity: physics.gravity, mode: mode, limits: limits,
          recording: written?.sticks)
      }
    }
  }
}
