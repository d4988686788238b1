import Swiftlet

/// The keys of a task, for those who change it.
struct TaskKeyList {
  /// The task's name in the catalogue.
  let name: String

  /// A line a key: its path, the value where nothing is said, what it takes, and what it is.
  var text: String {
    var table = TextTable(["key", "by default", "value", "what it is"])
    for key in TaskSpecification.keys(ofTask: name) {
      table.append([key.path, shortened(key.usual ?? "–"), shortened(key.expected), key.summary])
    }
    return table.text
  }

  /// What fits into a table; a file can hold it all.
  private func shortened(_ text: String) -> String {
    text.count > 48 ? String(text.prefix(47)) + "…" : text
  }
}
