// A field that shows what can't be changed here, with help to open below it.

/** Return the control for values that stay as they are. */
export function fixed() {
  const { createClass, h } = window;
  return createClass({
    render() {
      const { field, value, forID, classNameWrapper } = this.props;
      const titles = field.get("titles")?.toJS() ?? {};
      const more = field.get("more")?.toJS() ?? [];
      return h(
        "div",
        { id: forID, className: `${classNameWrapper} omi-fixed` },
        h("p", {}, titles[value] ?? String(value ?? "")),
        more.length > 0 &&
          h(
            "details",
            {},
            h("summary", {}, field.get("heading")),
            h("p", {}, more[0]),
            h("ul", {}, more.slice(1).map((line) => h("li", { key: line }, line))),
          ),
      );
    },
  });
}
