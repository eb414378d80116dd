// The editor's own words where Decap's would mislead inspectors.

/** Return Decap's phrases with ours in their place; without the workflow, saving is all there is. */
export function words(phrases, mode) {
  const { collection, editor } = phrases;
  const control = editor.editorControlPane;
  const toolbar = editor.editorToolbar;
  const saving = mode === "simple" ? { publish: "Save", publishNow: "Save", publishing: "Saving…", published: "Saved" } : {};
  return {
    ...phrases,
    collection: { ...collection, sidebar: { ...collection.sidebar, collections: "Inspections" } },
    editor: {
      ...editor,
      editorToolbar: { ...toolbar, ...saving },
      editorControlPane: {
        ...control,
        widget: {
          ...control.widget,
          required: "%{fieldLabel} is empty; it needs something.",
          regexPattern: "%{fieldLabel} doesn’t fit: write %{pattern}.",
        },
      },
    },
    ui: {
      ...phrases.ui,
      toast: {
        ...phrases.ui.toast,
        entrySaved: "Saved",
        onFailToPersist: "Not saved. %{details}",
        missingRequiredField: "Not saved: a field that is needed is empty, or doesn’t fit. It is marked in red.",
      },
    },
  };
}
