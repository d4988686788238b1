import Configuration

/// The scenario that some lines spell out, as if they stood in `s.yaml`.
func node(_ yaml: String) throws(InvalidConfiguration) -> LocatedNode {
  try LocatedNode(yaml: yaml, from: .file("s.yaml", line: nil))
}

/// What some lines say, read with a schema.
func read<T>(
  _ yaml: String, settings: [String] = [], _ schema: (inout MappingReader) -> T
) throws(InvalidConfiguration) -> T {
  var scenario = try node(yaml)
  for text in settings { scenario = try scenario.applying(Setting(parsing: text)) }
  return try scenario.read(schema)
}

/// The lines that a person sees who makes a mistake; none where there is no mistake.
func complaints(
  about yaml: String, settings: [String] = [], _ schema: (inout MappingReader) -> Void = { _ in }
) -> String {
  do {
    try read(yaml, settings: settings, schema)
    return ""
  } catch {
    return error.description
  }
}
