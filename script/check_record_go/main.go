// Check an unpacked export of a record with Go's own transparency log packages, which From Below has no part in.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run main.go FOLDER VKEY
//
// It opens every signed checkpoint, recomputes the root from the entries, reads the tree through its tiles, and
// checks inclusion of several entries and consistency between all checkpoints. Of entries that the export hides it
// takes the hashes from the part "hidden". It says one line and exits with 0, or says what is wrong and exits with 1.
package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const width = 256

// tiles reads the tiles of a folder laid out as C2SP tlog-tiles.
type tiles struct{ folder string }

func (t tiles) Height() int                         { return 8 }
func (t tiles) SaveTiles(_ []tlog.Tile, _ [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		path := fmt.Sprintf("tile/%d/%s", tile.L, number(tile.N, tile.W))
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		if len(data) != tile.W*tlog.HashSize {
			return nil, fmt.Errorf("%s has %d bytes", path, len(data))
		}
		all = append(all, data)
	}
	return all, nil
}

// memory is a tree whose stored hashes are all in memory.
type memory []tlog.Hash

func (m memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for at, index := range indexes {
		if index < 0 || index >= int64(len(m)) {
			return nil, fmt.Errorf("there is no stored hash %d", index)
		}
		hashes[at] = m[index]
	}
	return hashes, nil
}

func number(n int64, w int) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	if w < width {
		text += fmt.Sprintf(".p/%d", w)
	}
	return text
}

func openCheckpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[3] != "" || lines[0] != verifier.Name() {
		return tlog.Tree{}, fmt.Errorf("not a checkpoint of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil || size < 0 || strconv.FormatInt(size, 10) != lines[1] {
		return tlog.Tree{}, fmt.Errorf("bad size %q", lines[1])
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return tlog.Tree{}, fmt.Errorf("bad root")
	}
	tree := tlog.Tree{N: size}
	copy(tree.Hash[:], root)
	return tree, nil
}

func readCheckpoints(folder string, verifier note.Verifier) ([]tlog.Tree, error) {
	data, err := os.ReadFile(filepath.Join(folder, "checkpoints"))
	if err != nil {
		return nil, err
	}
	latest, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	if err != nil {
		return nil, err
	}
	var trees []tlog.Tree
	var last []byte
	for len(data) > 0 {
		end := bytes.IndexByte(data, '\n')
		if end < 0 {
			return nil, fmt.Errorf("checkpoints: cut short")
		}
		length, err := strconv.Atoi(string(data[:end]))
		if err != nil || length <= 0 || length > len(data)-end-1 {
			return nil, fmt.Errorf("checkpoints: cut short")
		}
		last, data = data[end+1:end+1+length], data[end+1+length:]
		tree, err := openCheckpoint(last, verifier)
		if err != nil {
			return nil, fmt.Errorf("checkpoint %d: %v", len(trees), err)
		}
		trees = append(trees, tree)
	}
	if len(trees) == 0 || !bytes.Equal(last, latest) {
		return nil, fmt.Errorf("checkpoint is not the last of checkpoints")
	}
	return trees, nil
}

// readHidden gives the hashes of the entries that the export hides, by their index.
func readHidden(folder string) (map[int64]tlog.Hash, error) {
	hidden := map[int64]tlog.Hash{}
	data, err := os.ReadFile(filepath.Join(folder, "hidden"))
	if os.IsNotExist(err) {
		return hidden, nil
	}
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(data), "\n")
	if len(lines) < 3 || lines[0] != "frombelow-hidden/1" || lines[len(lines)-1] != "" {
		return nil, fmt.Errorf("hidden: cut short or of another version")
	}
	last := int64(-1)
	for _, line := range lines[1 : len(lines)-1] {
		words := strings.Split(line, " ")
		if len(words) != 4 {
			return nil, fmt.Errorf("hidden: bad line %q", line)
		}
		index, err := strconv.ParseInt(words[0], 10, 64)
		leaf, wrong := base64.StdEncoding.DecodeString(words[3])
		if err != nil || wrong != nil || index <= last || len(leaf) != tlog.HashSize {
			return nil, fmt.Errorf("hidden: bad line %q", line)
		}
		var hash tlog.Hash
		copy(hash[:], leaf)
		hidden[index], last = hash, index
	}
	return hidden, nil
}

// readLeaves gives the hash of each entry: computed from its bytes, or as it is said of a hidden one.
func readLeaves(folder string, size int64, hidden map[int64]tlog.Hash) ([]tlog.Hash, error) {
	var leaves []tlog.Hash
	for n := int64(0); n*width < size; n++ {
		w := width
		if size-n*width < width {
			w = int(size - n*width)
		}
		path := "tile/entries/" + number(n, w)
		for index := n * width; index < n*width+int64(w); index++ {
			if _, gap := hidden[index]; gap {
				path = "gapped/entries/" + number(n, w)
			}
		}
		data, err := os.ReadFile(filepath.Join(folder, path))
		if err != nil {
			return nil, err
		}
		for i := 0; i < w; i++ {
			if len(data) < 2 {
				return nil, fmt.Errorf("%s: cut short", path)
			}
			length := int(data[0])<<8 | int(data[1])
			if len(data) < 2+length {
				return nil, fmt.Errorf("%s: cut short", path)
			}
			leaf, gap := hidden[n*width+int64(i)]
			if gap == (length > 0) {
				return nil, fmt.Errorf("%s: entry %d is hidden and there, or neither", path, len(leaves))
			}
			if !gap {
				leaf = tlog.RecordHash(data[2 : 2+length])
			}
			leaves = append(leaves, leaf)
			data = data[2+length:]
		}
		if len(data) != 0 {
			return nil, fmt.Errorf("%s: too long", path)
		}
	}
	return leaves, nil
}

// rebuild hashes the entries into a tree of their own and compares it with every checkpoint.
func rebuild(leaves []tlog.Hash, heads []tlog.Tree) error {
	var tree memory
	next := 0
	for index := int64(0); ; index++ {
		for next < len(heads) && heads[next].N == index {
			root, err := tlog.TreeHash(index, tree)
			if err != nil {
				return err
			}
			if index > 0 && root != heads[next].Hash {
				return fmt.Errorf("the entries do not give the root of checkpoint %d", next)
			}
			next++
		}
		if index == int64(len(leaves)) {
			break
		}
		hashes, err := tlog.StoredHashesForRecordHash(index, leaves[index], tree)
		if err != nil {
			return err
		}
		tree = append(tree, hashes...)
	}
	if next != len(heads) {
		return fmt.Errorf("checkpoint %d is out of order", next)
	}
	return nil
}

// compareTile compares the leaf hashes of one tile with the entries that begin at first.
func compareTile(leaves []tlog.Hash, first int64, reader tlog.HashReader) error {
	var wanted []int64
	for index := first; index < first+width && index < int64(len(leaves)); index++ {
		wanted = append(wanted, tlog.StoredHashIndex(0, index))
	}
	hashes, err := reader.ReadHashes(wanted)
	if err != nil {
		return fmt.Errorf("tiles: %v", err)
	}
	for at, hash := range hashes {
		if hash != leaves[first+int64(at)] {
			return fmt.Errorf("entry %d does not have the hash in its tile", first+int64(at))
		}
	}
	return nil
}

// prove checks inclusion and consistency over the tiles.
func prove(folder string, leaves []tlog.Hash, heads []tlog.Tree) error {
	head := heads[len(heads)-1]
	reader := tlog.TileHashReader(head, tiles{folder})
	root, err := tlog.TreeHash(head.N, reader)
	if err != nil {
		return fmt.Errorf("tiles: %v", err)
	}
	if root != head.Hash {
		return fmt.Errorf("the tiles do not give the checkpoint's root")
	}
	for index := int64(0); index < head.N; index++ {
		if index%width == 0 {
			if err := compareTile(leaves, index, reader); err != nil {
				return err
			}
		}
		if index%(head.N/20+1) != 0 && index != head.N-1 {
			continue
		}
		proof, err := tlog.ProveRecord(head.N, index, reader)
		if err == nil {
			err = tlog.CheckRecord(proof, head.N, head.Hash, index, leaves[index])
		}
		if err != nil {
			return fmt.Errorf("entry %d: %v", index, err)
		}
	}
	for at, old := range heads {
		if old.N == 0 {
			continue
		}
		proof, err := tlog.ProveTree(head.N, old.N, reader)
		if err == nil {
			err = tlog.CheckTree(proof, head.N, head.Hash, old.N, old.Hash)
		}
		if err != nil {
			return fmt.Errorf("checkpoint %d: %v", at, err)
		}
	}
	return nil
}

func check(folder, vkey string) (string, error) {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return "", err
	}
	heads, err := readCheckpoints(folder, verifier)
	if err != nil {
		return "", err
	}
	head := heads[len(heads)-1]
	if head.N == 0 {
		return "", fmt.Errorf("the record has no entries")
	}
	hidden, err := readHidden(folder)
	if err != nil {
		return "", err
	}
	leaves, err := readLeaves(folder, head.N, hidden)
	if err != nil {
		return "", err
	}
	if err := rebuild(leaves, heads); err != nil {
		return "", err
	}
	if err := prove(folder, leaves, heads); err != nil {
		return "", err
	}
	line := fmt.Sprintf("%s: %d entries and %d checkpoints are as signed", verifier.Name(), head.N, len(heads))
	if len(hidden) > 0 {
		line += fmt.Sprintf("; of %d hidden entries only hashes are here", len(hidden))
	}
	return line, nil
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: check_record FOLDER VKEY")
		os.Exit(2)
	}
	line, err := check(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Println("refused:", err)
		os.Exit(1)
	}
	fmt.Println(line)
}
