import { identity, project } from '../identity.mjs';

/**
 * Creates the app's description for software centres, in AppStream's format.
 * @param {{ version: string, date: string }} release the date as YYYY-MM-DD
 */
export function metainfo({ version, date }) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${identity.appId}</id>
  <name>${identity.productName}</name>
  <summary>${identity.summary}</summary>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <developer id="io.github.contactsheet">
    <name>${project.author}</name>
  </developer>
  <url type="homepage">${project.homepage}</url>
  <url type="bugtracker">${project.homepage}/issues</url>
  <url type="vcs-browser">${project.homepage}</url>
  <description>
    <p>Keeps the images of your QuestionPro surveys on your own machine: synced once, then searched at the speed of typing, looked at and downloaded in bulk, offline.</p>
    <p>It only reads, keeps your API key in the system's keychain, and loses nothing when it is interrupted.</p>
  </description>
  <launchable type="desktop-id">${identity.appId}.desktop</launchable>
  <provides>
    <binary>${identity.executableName}</binary>
    <mediatype>x-scheme-handler/${identity.protocol}</mediatype>
  </provides>
  <categories>
    <category>Graphics</category>
    <category>Photography</category>
  </categories>
  <content_rating type="oars-1.1" />
  <releases>
    <release version="${version}" date="${date}" />
  </releases>
</component>
`;
}
