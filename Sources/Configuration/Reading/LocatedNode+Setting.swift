extension LocatedNode {
  /// This scenario with a value replaced, or added together with the mappings that lead to it.
  package func applying(_ setting: Setting) throws(InvalidConfiguration) -> LocatedNode {
    try setting.applied(to: self, along: setting.steps[...], at: "")
  }
}

extension Setting {
  fileprivate func applied(
    to node: LocatedNode?, along steps: ArraySlice<Step>, at keyPath: String
  ) throws(InvalidConfiguration) -> LocatedNode {
    guard let step = steps.first else { return value }
    let rest = steps.dropFirst()
    switch step {
    case .key(let key):
      var entries = try entries(of: node, at: keyPath)
      let index = entries.firstIndex { $0.key == key }
      let child = try applied(
        to: index.map { entries[$0].value }, along: rest, at: keyPath.appending(key: key))
      let entry = LocatedNode.Entry(key: key, location: location, value: child)
      if let index { entries[index] = entry } else { entries.append(entry) }
      return LocatedNode(.mapping(entries), at: node?.location ?? location)
    case .element, .everyElement:
      var elements = try elements(of: node, at: keyPath)
      for index in try indices(of: elements, at: step, keyPath) {
        elements[index] = try applied(
          to: elements[index], along: rest, at: "\(keyPath)[\(index)]")
      }
      return LocatedNode(.list(elements), at: node?.location ?? location)
    }
  }

  /// The entries of a mapping; nothing at all counts as an empty one.
  private func entries(
    of node: LocatedNode?, at keyPath: String
  ) throws(InvalidConfiguration) -> [LocatedNode.Entry] {
    guard let node, !node.isNull else { return [] }
    guard case .mapping(let entries) = node.content else {
      throw InvalidConfiguration(
        at: location, keyPath: keyPath, value: node.excerpt, "has no keys to set")
    }
    return entries
  }

  private func elements(
    of node: LocatedNode?, at keyPath: String
  ) throws(InvalidConfiguration) -> [LocatedNode] {
    guard let node else {
      throw InvalidConfiguration(
        at: location, keyPath: keyPath, "there is no such list in the file")
    }
    guard case .list(let elements) = node.content else {
      throw InvalidConfiguration(
        at: location, keyPath: keyPath, value: node.isNull ? nil : node.excerpt,
        "is not a list")
    }
    return elements
  }

  private func indices(
    of elements: [LocatedNode], at step: Step, _ keyPath: String
  ) throws(InvalidConfiguration) -> Range<Int> {
    guard case .element(let index) = step else { return elements.indices }
    guard elements.indices.contains(index) else {
      throw InvalidConfiguration(
        at: location, keyPath: "\(keyPath)[\(index)]", "there is no such element",
        expected: elements.isEmpty ? "no index: the list is empty" : "0 to \(elements.count - 1)")
    }
    return index..<index + 1
  }
}
