import Parameters
import TaskFiles
import Tasks
import Testing

/// The keys that a task has.
struct KeyTests {
  @Test("are those that it writes, each with its value", arguments: TaskCatalogue.standard.names)
  func areWritten(name: String) throws {
    let text = try TaskSpecification(named: name).encoded()
    let keys = TaskSpecification.keys(ofTask: name)
    #expect(keys.count > 30)
    for key in keys {
      let last = try #require(key.path.split(separator: ".").last)
      #expect(!key.summary.isEmpty && !key.expected.isEmpty, "\(key.path)")
      if let usual = key.usual { #expect(text.contains("\"\(last)\":\(usual)"), "\(key.path)") }
    }
  }

  @Test("of a task of one's own are there from one line")
  func ownTasks() throws {
    var tasks = TaskCatalogue.standard
    tasks.register(
      TaskEntry(
        "high-hover",
        parameters: .number("ceiling", "how high it is", unit: "m", in: .positive, default: 3)
      ) { ceiling in
        var task = HoverTask()
        task.setup.timeLimit = ceiling
        return task
      })
    let keys = TaskSpecification.keys(ofTask: "high-hover", tasks: tasks)
    let key = try #require(keys.first { $0.path == "ceiling" })
    #expect(key.expected == "a positive number of m" && key.usual == "3")
    let specification = try TaskSpecification(
      named: "high-hover", settings: ["ceiling=4"], tasks: tasks)
    #expect(specification.task.setup.timeLimit == 4)
    let again = try TaskSpecification(
      encoded: specification.encoded(), from: "a policy", tasks: tasks)
    #expect(again.task.setup.timeLimit == 4 && again.encoded() == specification.encoded())
    #expect(TaskSpecification.keys(ofTask: "high-hover").isEmpty)
  }
}
