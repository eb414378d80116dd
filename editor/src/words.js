// The editor's own words where Decap's would mislead inspectors.

/** Words for saving into the files of this machine, where saving is all there is. */
const SAVING = { publish: "Save", publishNow: "Save now", publishing: "Saving…", published: "Saved" };

/** Return Decap's phrases with ours in their place, for a mode of publishing. */
export function words(phrases, mode) {
  const own = {
    app: { header: { content: "Inspections", workflow: "What is under way" } },
    auth: { loginWithGitHub: "Sign in with GitHub" },
    collection: {
      sidebar: { collections: "Inspections" },
      entries: { loadingEntries: "Loading the forms…", cachingEntries: "Loading the forms…", unpublishedHeader: "Changes under way" },
    },
    editor: {
      editorControl: { field: { optional: "can be left empty" } },
      editorControlPane: {
        widget: {
          required: "%{fieldLabel} is empty; it needs something.",
          regexPattern: "%{fieldLabel} doesn’t fit: write %{pattern}.",
        },
      },
      editor: {
        confirmLoadBackup: "This browser has kept what you wrote here and did not save. Go on with it?",
        onDeleteUnpublishedChanges: "Throw away what was changed in this form since it was last published?",
        onDeleteUnpublishedChangesWithUnsavedChanges: "Throw away what was changed in this form, saved or not?",
        onLeavePage: "What you wrote is not saved. Leave this form?",
      },
      editorToolbar: {
        backCollection: "%{collectionLabel}",
        unsavedChanges: "Not saved yet",
        deleteUnpublishedChanges: "Throw these changes away",
        ...(mode === "simple" && SAVING),
      },
    },
    ui: {
      settingsDropdown: { logOut: "Sign out" },
      toast: {
        entrySaved: "Saved",
        onFailToLoadEntries: "This form can’t be opened. %{details}",
        onFailToPersist: "Not saved. %{details}",
        missingRequiredField: "Not saved: a field that is needed is empty, or doesn’t fit. It is marked in red.",
      },
    },
    workflow: {
      workflow: {
        workflowHeading: "Changes under way",
        description: "%{smart_count} form is being looked at. |||| %{smart_count} forms are being looked at.",
      },
      workflowCard: { deleteChanges: "Throw these changes away" },
      workflowList: { currentEntries: "%{smart_count} form |||| %{smart_count} forms" },
    },
  };
  return over(phrases, own);
}

function over(under, own) {
  if (typeof own !== "object") return own;
  return Object.fromEntries([
    ...Object.entries(under ?? {}),
    ...Object.entries(own).map(([name, part]) => [name, over(under?.[name], part)]),
  ]);
}
