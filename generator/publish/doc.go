// Package publish puts the files of a site in place of the site before.
//
// Input: paths and bytes, pushed by many workers at once through Stage.Put. Output: a
// directory that holds exactly those files and manifest.json, the list of them.
//
// Nothing of the old site is touched before Commit, and Commit replaces nothing before the
// new site is complete and the caller has looked at it. Files whose bytes are unchanged
// keep their bytes and their time of change; files that the last manifest owned and that
// are gone are removed; a directory that uptree did not make is refused.
//
// There are two publishers behind one interface:
//
//   - swap builds the new tree beside the old one, takes the unchanged files over as hard
//     links, and exchanges the two directories in one step. A kill at any moment leaves
//     the old site or the new one.
//   - files writes a journal, then renames each changed file into place, the manifest
//     last. A kill leaves a mixture that the next run completes. It is the one for mount
//     points, shared directories and directories with foreign files (CNAME, .git), which
//     it never touches.
//
// Contents are written or dropped as they come, so memory holds about 200 bytes for each
// file and no page. All access goes through os.Root: no symbolic link in the destination
// leads a write outside of it.
//
// Pages are not flushed to the disk one by one: that costs more than everything else here.
// The manifest and the directories are, and a page lost to a power cut has the wrong size,
// so the next run writes it again.
//
// Failure policy: two contents for one path are problems (diag.DuplicateURL), which publish
// nothing; all else is an error. After an error before the exchange (swap) or the journal
// (files) the old site stands as it was.
package publish
