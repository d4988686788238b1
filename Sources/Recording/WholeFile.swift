import Files

/// Writes bytes to a file that appears whole or not at all, in place of what had its name.
///
/// Until it is finished the file is called `path.partial`; that is removed if it cannot be finished.
package func writeFile(_ bytes: Span<UInt8>, to path: String) throws(RecordingError) {
  do throws(OutputFault) { try writeWholeFile(bytes, to: path) } catch {
    throw RecordingError(error)
  }
}
