extension LocatedNode {
  /// The paths of all keys, as a ``KeyOutline`` writes them; a name alone counts as a key.
  package var keyPaths: [String] { keyPaths(below: "") }

  private func keyPaths(below path: String) -> [String] {
    switch content {
    case .plain(let word), .text(let word): [path.appending(key: word)]
    case .list(let elements): elements.flatMap { $0.keyPaths(below: path + "[]") }
    case .mapping(let entries):
      entries.flatMap { entry in
        let own = path.appending(key: entry.key)
        return [own] + entry.value.keyPaths(below: own)
      }
    }
  }
}
