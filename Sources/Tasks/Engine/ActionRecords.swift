import Control
import Drone
import Gym
import SpatialMath

/// What is kept of the actions of some rows.
struct ActionRecords: Sendable {
  /// How many numbers an action has. [–]
  private let width: Int
  /// How many numbers of past actions are kept for each row. [–]
  private let numbersKept: Int
  /// How many commands are kept for each row. [–]
  private let commandsKept: Int
  /// The last actions of each row, the oldest first.
  private(set) var history: [Float]
  /// The last commands of each row, the newest last: as many as the longest delay, and one. [rpm]
  private(set) var commands: [PerRotor<Double>]
  /// What position control remembers, a group an element.
  var memories: [LoopMemory<DroneLanes>]

  init(_ rules: TaskRules, rowCount: Int, groups: Int) {
    (width, numbersKept) = (rules.actionCount, rules.actionsKept)
    commandsKept = rules.commandsKept
    history = Array(repeating: 0, count: rowCount * rules.actionsKept)
    commands = Array(repeating: PerRotor(repeating: 0), count: rowCount * rules.commandsKept)
    memories = Array(repeating: LoopMemory(), count: groups)
  }

  /// The last actions of a row.
  func history(of row: Int) -> Range<Int> { row * numbersKept..<(row + 1) * numbersKept }

  /// The last commands of a row.
  func commands(of row: Int) -> Range<Int> { row * commandsKept..<(row + 1) * commandsKept }

  /// What the position control of a row remembers.
  subscript(memoryOf row: Int) -> LoopMemory<Double> {
    get { memories[row / DroneLanes.laneCount][lane: row % DroneLanes.laneCount] }
    set { memories[row / DroneLanes.laneCount][lane: row % DroneLanes.laneCount] = newValue }
  }

  /// Forgets all of a row whose rotors turn at some speeds. [rpm]
  mutating func begin(_ row: Int, at speeds: PerRotor<Double>) {
    self[memoryOf: row] = LoopMemory()
    for slot in commands(of: row) { commands[slot] = speeds }
    for index in history(of: row) { history[index] = 0 }
  }

  /// Puts the actions of active rows behind those of before, where observations show them.
  mutating func keep(_ actions: Span<Float>, statuses: [AgentStatus], rowCount: Int) {
    guard numbersKept > 0 else { return }
    // Taken out and put back, so that they are written where they are.
    var list: [Float] = []
    swap(&list, &self.history)
    var history = list.mutableSpan
    precondition(rowCount * numbersKept <= history.count && rowCount * width <= actions.count)
    for row in 0..<rowCount where statuses[row] == .active {
      let (start, end) = (row * numbersKept, (row + 1) * numbersKept - width)
      if numbersKept > width {
        for index in start..<end { history[index] = history[index + width] }
      }
      write(actions, of: row, to: &history, at: end)
    }
    swap(&list, &self.history)
  }

  /// Writes the action of a row, within its bounds; the places are not checked.
  @inline(__always)
  private func write(
    _ actions: Span<Float>, of row: Int, to history: inout MutableSpan<Float>, at place: Int
  ) {
    // As many numbers at once as most actions have.
    guard width != 4 else {
      var numbers = actions.four(at: row * width)
      numbers.replace(with: -1, where: numbers .< -1)
      numbers.replace(with: 1, where: numbers .> 1)
      return history.store(numbers, at: place)
    }
    for column in 0..<width {
      let number = unsafe actions[unchecked: row * width + column]
      let raised = number < -1 ? -1 : number
      unsafe history[unchecked: place + column] = raised > 1 ? 1 : raised
    }
  }

  /// Writes the last actions of some rows, the oldest first.
  ///
  /// - Parameters:
  ///   - count: How many actions.
  ///   - rows: The rows.
  ///   - numbers: Where they go.
  ///   - column: Where in each row the first number goes.
  ///   - rowLength: How many numbers a row has.
  func write(
    _ count: Int, of rows: Range<Int>, to numbers: inout MutableSpan<Float>, at column: Int,
    of rowLength: Int
  ) {
    let (length, history) = (count * width, history.span)
    precondition(
      rows.lowerBound >= 0 && rows.upperBound * numbersKept <= history.count
        && rows.upperBound * rowLength <= numbers.count && length <= numbersKept
        && column >= 0 && column + length <= rowLength)
    for row in rows {
      let (from, to) = ((row + 1) * numbersKept - length, row * rowLength + column)
      let inFours = length / 4 * 4
      for index in stride(from: 0, to: inFours, by: 4) {
        numbers.store(history.four(at: from + index), at: to + index)
      }
      for index in inFours..<length {
        unsafe numbers[unchecked: to + index] = history[unchecked: from + index]
      }
    }
  }

  /// Sends a command for a row.
  ///
  /// - Parameters:
  ///   - speeds: The command. [rpm]
  ///   - row: The row.
  ///   - delay: By how many actions commands come late. [–]
  /// - Returns: The command that arrives now. [rpm]
  mutating func send(
    _ speeds: PerRotor<Double>, of row: Int, late delay: Int
  ) -> PerRotor<Double> {
    let last = (row + 1) * commandsKept - 1
    for slot in row * commandsKept..<last { commands[slot] = commands[slot + 1] }
    commands[last] = speeds
    return commands[last - delay]
  }

  /// Takes over what a row of a snapshot has kept.
  mutating func restore(_ row: Int, history: [Float], commands: [PerRotor<Double>]) {
    for (index, number) in zip(self.history(of: row), history) { self.history[index] = number }
    for (slot, speeds) in zip(self.commands(of: row), commands) { self.commands[slot] = speeds }
  }
}
