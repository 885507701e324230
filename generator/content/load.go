package content

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"uptree/generator/diag"
)

// maxFile bounds a document, in bytes.
const maxFile = 1 << 20

// Load reads the documents below root, a folder of dir with slashes ("content"). A root
// that does not exist holds no documents. Files whose names begin with a dot are left out.
func Load(dir fs.FS, root string) (*Docs, diag.List, error) {
	l := loader{dir: dir, root: root, images: map[string]*Image{}}
	if err := fs.WalkDir(dir, root, l.visit); err != nil {
		return nil, nil, fmt.Errorf("reading documents in %s: %w", root, err)
	}
	docs := newDocs(l.docs, l.images)
	l.problems.Append(docs.collisions())
	return docs, l.problems, nil
}

type loader struct {
	dir      fs.FS
	root     string
	docs     []*Doc
	images   map[string]*Image
	pictures int // bytes of the images
	problems diag.List
}

func (l *loader) visit(name string, entry fs.DirEntry, err error) error {
	if name == l.root && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if name == l.root {
		return nil
	}
	if strings.HasPrefix(entry.Name(), ".") {
		return skip(entry)
	}
	rel := strings.TrimPrefix(name, l.root+"/")
	if l.root == "." {
		rel = name
	}
	if entry.IsDir() {
		return l.folder(name, rel, entry)
	}
	return l.file(name, rel, entry)
}

func skip(entry fs.DirEntry) error {
	if entry.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// folder goes into the folders that hold documents: those of the table, and any below
// pages.
func (l *loader) folder(name, rel string, entry fs.DirEntry) error {
	top, _, nested := strings.Cut(rel, "/")
	kind, known := kindOfFolder(top)
	switch {
	case !known:
		hint := diag.DidYouMean(top, folderNames())
		if hint == "" {
			hint = "documents are kept in " + strings.Join(folderNames(), ", ")
		}
		l.stray(name, "folder holds no documents", hint)
		return skip(entry)
	case nested && kind != Page:
		l.stray(name, "folder inside "+top+" is not read", "only pages may have folders inside")
		return skip(entry)
	}
	return nil
}

func (l *loader) stray(name, text, hint string) {
	l.problems.Add(diag.Problem{
		Code: diag.UnknownSubject, Pos: diag.Pos{File: name}, Text: text, Hint: hint,
	})
}

func (l *loader) file(name, rel string, entry fs.DirEntry) error {
	s, err := subjectOf(rel)
	switch {
	case strings.Contains(rel, "/") && imageTypes[strings.ToLower(path.Ext(rel))] != "":
		return l.picture(name, entry)
	case errors.Is(err, errNotMarkdown):
		l.stray(name, "file is no document", "documents are Markdown files whose names end in .md; "+imageHint)
		return nil
	case err != nil && !strings.Contains(rel, "/"):
		l.stray(name, "file is in no folder of documents", "documents are kept in "+strings.Join(folderNames(), ", "))
		return nil
	case err != nil:
		l.problems.Add(diag.Problem{
			Code: diag.BadID, Pos: diag.Pos{File: name}, Text: err.Error(),
			Hint: "the name is the id as in its URL: other characters than letters, digits, \".\", \"_\" and \"-\" are ~ and two hex digits",
		})
		return nil
	}
	if !l.regular(name, entry) {
		l.stray(name, "not a file inside the site's folder", "put the file itself here, not a link to it")
		return nil
	}
	return l.read(name, s)
}

// regular reports whether the name leads to a plain file. A symbolic link does if the
// file system follows it, which one rooted at the site's folder does only within it.
func (l *loader) regular(name string, entry fs.DirEntry) bool {
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := fs.Stat(l.dir, name)
	return err == nil && info.Mode().IsRegular()
}

// upTo returns a file's first bytes: one more than the limit where it has more.
func (l *loader) upTo(name string, limit int64) ([]byte, error) {
	f, err := l.dir.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", path.Clean(name), err)
	}
	return src, nil
}

func (l *loader) picture(name string, entry fs.DirEntry) error {
	if !l.regular(name, entry) {
		l.stray(name, "not a file inside the site's folder", "put the file itself here, not a link to it")
		return nil
	}
	data, err := l.upTo(name, maxImage)
	if err != nil {
		return err
	}
	l.pictures += len(data)
	if len(data) > maxImage || l.pictures > maxImages {
		l.leftOut(diag.BadImage, name, "image is larger than 1 MiB, or all images are than 64 MiB, and was left out", "make it smaller")
		return nil
	}
	img, why := newImage(name, data)
	if img == nil {
		l.leftOut(diag.BadImage, name, why, imageHint)
		return nil
	}
	l.images[name] = img
	return nil
}

func (l *loader) leftOut(code diag.Code, name, text, hint string) {
	l.problems.Add(diag.Problem{Code: code, Pos: diag.Pos{File: name}, Text: text, Hint: hint})
}

func (l *loader) read(name string, s subject) error {
	src, err := l.upTo(name, maxFile)
	if err != nil {
		return err
	}
	if len(src) > maxFile {
		l.leftOut(diag.ContextTooLarge, name, "document is larger than 1 MiB and was left out", "split it into pages")
		return nil
	}
	doc, problems := newDoc(name, s, src)
	doc.images = l.images
	l.docs = append(l.docs, doc)
	l.problems.Append(problems)
	return nil
}
