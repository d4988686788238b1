/// Writes bytes to a file that appears whole or not at all, in place of what had its name.
///
/// Until it is finished the file is called `path.partial`; that is removed if it cannot be finished.
package func writeFile(_ bytes: Span<UInt8>, to path: String) throws(RecordingError) {
  let temporary = path + ".partial"
  let file = try OutputFile(creating: temporary, replacing: true)
  do throws(RecordingError) {
    try file.append(bytes)
    try file.flush()
    try renameFile(temporary, to: path)
  } catch {
    removeFile(temporary)
    throw error
  }
}
