import type { Package } from "../codebase.ts";
import {
  folderOf,
  joinPath,
  type Manifest,
  type Manifests,
  makePackage,
  type Need,
} from "./manifest.ts";
import { childText, scanXml, type XmlElement } from "./scan-xml.ts";

type Told = { properties: Map<string, string>; versions: Map<string, string> };

/** pom.xml, with properties and managed versions of its parents as far as they are in the repository. */
export function readMaven(manifest: Manifest, all: Manifests): Package | null {
  const elements = scanXml(manifest.text);
  const project = elements.find((element) => element.path === "project");
  if (project === undefined) return null;
  const told = tell(manifest.path, all, 0);
  const needs = elements
    .filter((element) => element.path === "project/dependencies/dependency")
    .map((element): Need => {
      const name = coordinates(element, told);
      const scope = childText(element, "scope");
      const optional = childText(element, "optional") === "true";
      return {
        name,
        range: fill(childText(element, "version"), told) || (told.versions.get(name) ?? ""),
        use: scope === "test" ? "development" : optional ? "optional" : "run",
        line: element.line,
      };
    });
  return makePackage(manifest, "maven", { name: childText(project, "artifactId"), needs });
}

const coordinates = (element: XmlElement, told: Told): string =>
  `${fill(childText(element, "groupId"), told)}:${fill(childText(element, "artifactId"), told)}`;

const fill = (text: string, told: Told): string =>
  text.replace(/\$\{([^}]+)\}/g, (whole, name: string) => told.properties.get(name) ?? whole);

/** Properties and managed versions that hold in a manifest: its own before those of its parent. */
function tell(path: string, all: Manifests, depth: number): Told {
  const elements = scanXml(all.get(path) ?? "");
  const parent = elements.find((element) => element.path === "project/parent");
  const above = parent === undefined || depth > 8 ? null : findParent(path, parent, all);
  const told: Told =
    above === null ? { properties: new Map(), versions: new Map() } : tell(above, all, depth + 1);
  const project = elements.find((element) => element.path === "project");
  const version =
    (project && childText(project, "version")) || (parent && childText(parent, "version"));
  if (version) told.properties.set("project.version", version);
  const group =
    (project && childText(project, "groupId")) || (parent && childText(parent, "groupId"));
  if (group) told.properties.set("project.groupId", group);
  for (const { path: at, text } of elements) {
    if (/^project\/properties\/[^/]+$/.test(at))
      told.properties.set(at.slice("project/properties/".length), text);
  }
  for (const element of elements) {
    if (element.path !== "project/dependencyManagement/dependencies/dependency") continue;
    told.versions.set(coordinates(element, told), fill(childText(element, "version"), told));
  }
  return told;
}

function findParent(path: string, parent: XmlElement, all: Manifests): string | null {
  const relative = childText(parent, "relativePath") || "../pom.xml";
  const found = joinPath(
    folderOf(path),
    relative.endsWith(".xml") ? relative : `${relative}/pom.xml`,
  );
  return found !== null && found !== path && all.has(found) ? found : null;
}
