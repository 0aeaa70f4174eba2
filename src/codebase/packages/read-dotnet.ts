import type { Package } from "../codebase.ts";
import {
  folderOf,
  type Manifest,
  type Manifests,
  makePackage,
  type Need,
  nameOf,
} from "./manifest.ts";
import { childText, scanXml, type XmlElement } from "./scan-xml.ts";

/** A project of .NET: package references, with the versions that `Directory.Packages.props` keeps in one place. */
export function readDotnet(manifest: Manifest, all: Manifests): Package | null {
  const elements = scanXml(manifest.text);
  if (elements.length === 0) return null;
  const central = findCentral(folderOf(manifest.path), all);
  const needs = elements.filter(isNamed("PackageReference")).map((element): Need => {
    const name = element.attributes.Include ?? element.attributes.Update ?? "";
    const isPrivate =
      (element.attributes.PrivateAssets ?? childText(element, "PrivateAssets")) === "all";
    const range = versionOf(element) || (central.get(name.toLowerCase()) ?? "");
    return { name, range, use: isPrivate ? "development" : "run", line: element.line };
  });
  const told = elements.find(isNamed("PackageId")) ?? elements.find(isNamed("AssemblyName"));
  const name = told?.text || nameOf(manifest.path).replace(/\.\w+$/, "");
  return makePackage(manifest, "nuget", { name, needs });
}

const isNamed =
  (name: string) =>
  (element: XmlElement): boolean =>
    element.path.endsWith(`/${name}`);

const versionOf = (element: XmlElement): string =>
  element.attributes.Version ?? element.attributes.VersionOverride ?? childText(element, "Version");

function findCentral(folder: string, all: Manifests): Map<string, string> {
  for (let at = folder; ; at = folderOf(at)) {
    const text = all.get(`${at === "" ? "" : `${at}/`}Directory.Packages.props`);
    if (text !== undefined) {
      const versions = scanXml(text).filter(isNamed("PackageVersion"));
      return new Map(
        versions.map((one) => [(one.attributes.Include ?? "").toLowerCase(), versionOf(one)]),
      );
    }
    if (at === "") return new Map();
  }
}
