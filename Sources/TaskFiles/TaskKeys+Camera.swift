import Configuration
import Parameters
import Rendering
import Tasks

extension TaskKeys {
  /// What every drone carries to see with.
  var camera: Field<TaskDraft> {
    Field(
      "camera", "what every drone carries to see with", expected: "keys and values, or none",
      read: { draft, value, reader in
        if value.isWord("none") {
          draft.setup.camera = nil
          return
        }
        var camera = CameraDraft(draft.setup.camera ?? .front)
        value.mapping { CameraDraft.fields.read(into: &camera, from: &$0, with: reader) }
        do throws(RenderingError) {
          let new = try camera.camera()
          if new != draft.setup.camera { draft.setup.camera = new }
        } catch { value.report("cannot be used: \(error)") }
      },
      write: { draft in
        draft.setup.camera.map { EncodedFields(CameraDraft.fields, of: CameraDraft($0)) } ?? "none"
      })
  }
}
