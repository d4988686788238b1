extension ValueReader {
  /// The value of a key, of a mapping that has been read; where the mapping is, if it has no such key.
  package func value(of key: String) -> ValueReader {
    var entry: LocatedNode.Entry?
    if case .mapping(let entries) = node?.content { entry = entries.first { $0.key == key } }
    return ValueReader(
      node: entry?.value, location: entry?.value.location ?? location,
      keyPath: keyPath.appending(key: key), diagnostics: diagnostics)
  }

  /// An element of a list that has been read.
  package func element(_ index: Int) -> ValueReader {
    guard case .list(let nodes) = node?.content, nodes.indices.contains(index) else { return self }
    return ValueReader(
      node: nodes[index], location: nodes[index].location, keyPath: "\(keyPath)[\(index)]",
      diagnostics: diagnostics)
  }

  /// Reports what follows from the value, and from others, by a sentence that does not repeat it.
  package func report(_ problem: String, expected: String? = nil) {
    diagnostics.report(
      ConfigurationError(at: location, keyPath: keyPath, problem, expected: expected))
  }

  /// Keeps a note on the value, which is read as it is.
  package func note(_ sentence: String) {
    diagnostics.note("\(location): \(keyPath): \(sentence)")
  }
}
