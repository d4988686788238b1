/// Some neighbouring numbers of what a drone sees or does, and what they are.
package struct RowColumns: Sendable, Hashable, Encodable {
  /// The first, counted from 0. [–]
  package let first: Int
  /// How many they are. [–]
  package let count: Int
  /// What they are.
  package let meaning: String
}

extension DroneTask {
  /// What a drone does, in words.
  package var actionColumns: [RowColumns] {
    let mode = setup.actionMode
    return [RowColumns(first: 0, count: mode.count, meaning: mode.description)]
  }

  /// What a drone sees, in order, in words.
  package var observationColumns: [RowColumns] {
    let parts = setup.observation.map { part in
      let isTasks = if case .features = part { !contract.features.isEmpty } else { false }
      return (
        part.count(actionCount: setup.actionMode.count),
        isTasks ? contract.features : part.description
      )
    }
    var first = 0
    return (parts + setup.sensors.map { ($0.count, $0.description) }).map { count, meaning in
      defer { first += count }
      return RowColumns(first: first, count: count, meaning: meaning)
    }
  }
}

extension [RowColumns] {
  /// A line for each: the numbers it stands for, and what they are.
  package var lines: [String] {
    map { columns in
      let last = columns.first + columns.count - 1
      let range = columns.count > 1 ? "\(columns.first)...\(last)" : "\(columns.first)"
      let space = String(repeating: " ", count: Swift.max(1, 11 - range.count))
      return "  \(range)\(space)\(columns.meaning)"
    }
  }
}
