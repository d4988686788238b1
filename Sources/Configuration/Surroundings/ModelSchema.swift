package import Drone

extension ValueReader {
  /// A drone's model: a name of the catalogue, or a URDF file.
  ///
  /// - Parameter models: What names stand for.
  /// - Returns: What was written, and the model; `nil` after a report that there is no such one.
  package func model(among models: NamedModels) -> (name: String, model: QuadcopterModel)? {
    guard let name = string() else { return nil }
    guard models.has(name) else {
      _ = word(among: models.names + ["FILE.urdf"])
      return nil
    }
    do throws(ModelError) { return (name, try models.model(named: name, note: note(line:))) } catch
    {
      return reject("cannot be used: \(error)")
    }
  }
}
