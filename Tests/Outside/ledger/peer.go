// Go's transparency-log packages as a second opinion on Ledger: they check what it made, and make what it checks.
// See README.md for the folder that both sides read and write.
package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const tileHeight = 8

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: peer check|make FOLDER")
		os.Exit(64)
	}
	var err error
	switch os.Args[1] {
	case "check":
		err = check(os.Args[2])
	case "make":
		err = create(os.Args[2])
	default:
		err = errors.New("check or make?")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "peer:", err)
		os.Exit(1)
	}
}

// memory is a tree in memory: every stored hash of every level, as Go numbers them.
type memory struct{ stored []tlog.Hash }

func (m *memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m.stored)) {
			return nil, fmt.Errorf("hash %d is not stored", index)
		}
		hashes[i] = m.stored[index]
	}
	return hashes, nil
}

func (m *memory) add(n int64, entry []byte) error {
	hashes, err := tlog.StoredHashes(n, entry, m)
	m.stored = append(m.stored, hashes...)
	return err
}

// folder reads the tiles of a C2SP tlog-tiles log; Go's own paths have the tile's height in them.
type folder struct{ path string }

func tilePath(t tlog.Tile) string {
	return strings.Replace(t.Path(), fmt.Sprintf("tile/%d/", tileHeight), "tile/", 1)
}

func (f folder) Height() int { return tileHeight }

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, t := range tiles {
		bytes, err := os.ReadFile(filepath.Join(f.path, tilePath(t)))
		if err != nil {
			return nil, err
		}
		data[i] = bytes
	}
	return data, nil
}

func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}

type checkpoint struct {
	origin string
	tree   tlog.Tree
}

func openCheckpoint(message []byte, verifiers note.Verifiers) (*checkpoint, error) {
	opened, err := note.Open(message, verifiers)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return nil, errors.New("the note is no checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return nil, err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return nil, err
	}
	return &checkpoint{lines[0], tlog.Tree{N: size, Hash: root}}, nil
}

func lines(path string, each func(words []string) error) (int, error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 1<<20)
	count := 0
	for scanner.Scan() {
		count++
		if err := each(strings.Fields(scanner.Text())); err != nil {
			return count, fmt.Errorf("%s line %d: %w", filepath.Base(path), count, err)
		}
	}
	return count, scanner.Err()
}

func hashes(words []string) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, word := range words {
		hash, err := tlog.ParseHash(word)
		if err != nil {
			return nil, err
		}
		all = append(all, hash)
	}
	return all, nil
}

func two(words []string) (int64, int64, []tlog.Hash, error) {
	first, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return 0, 0, nil, err
	}
	second, err := strconv.ParseInt(words[1], 10, 64)
	if err != nil {
		return 0, 0, nil, err
	}
	rest, err := hashes(words[2:])
	return first, second, rest, err
}

func check(path string) error {
	key, err := os.ReadFile(filepath.Join(path, "log.vkey"))
	if err != nil {
		return err
	}
	verifier, err := note.NewVerifier(strings.TrimSpace(string(key)))
	if err != nil {
		return err
	}
	verifiers := note.VerifierList(verifier)
	message, err := os.ReadFile(filepath.Join(path, "checkpoint"))
	if err != nil {
		return err
	}
	signed, err := openCheckpoint(message, verifiers)
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	if signed.origin != verifier.Name() {
		return fmt.Errorf("the origin is %q and the key %q", signed.origin, verifier.Name())
	}
	size := signed.tree.N

	// The entries hash to a tree of our own, which must be the one that was signed, and the one that the tiles hold.
	tree := &memory{}
	entries, err := readEntries(path, size)
	if err != nil {
		return err
	}
	roots := make([]tlog.Hash, size+1)
	for n, entry := range entries {
		if roots[n], err = rootOf(int64(n), tree); err != nil {
			return err
		}
		if err := tree.add(int64(n), entry); err != nil {
			return err
		}
	}
	if roots[size], err = rootOf(size, tree); err != nil {
		return err
	}
	if roots[size] != signed.tree.Hash {
		return fmt.Errorf("the entries give root %v and the checkpoint has %v", roots[size], signed.tree.Hash)
	}
	fromTiles := tlog.TileHashReader(signed.tree, folder{path})
	indexes := make([]int64, size)
	for n := range indexes {
		indexes[n] = tlog.StoredHashIndex(0, int64(n))
	}
	leaves, err := fromTiles.ReadHashes(indexes)
	if err != nil {
		return fmt.Errorf("tiles: %w", err)
	}
	for n, entry := range entries {
		if leaves[n] != tlog.RecordHash(entry) {
			return fmt.Errorf("entry %d and its tile differ", n)
		}
	}

	rootCount, err := lines(filepath.Join(path, "roots.txt"), func(words []string) error {
		n, err := strconv.ParseInt(words[0], 10, 64)
		if err != nil {
			return err
		}
		root, err := tlog.ParseHash(words[1])
		if err != nil {
			return err
		}
		if n > size || root != roots[n] {
			return fmt.Errorf("wrong root of size %d", n)
		}
		return nil
	})
	if err != nil {
		return err
	}
	inclusionCount, err := lines(filepath.Join(path, "inclusion.txt"), func(words []string) error {
		index, n, proof, err := two(words)
		if err != nil {
			return err
		}
		return tlog.CheckRecord(proof, n, roots[n], index, tlog.RecordHash(entries[index]))
	})
	if err != nil {
		return err
	}
	consistencyCount, err := lines(filepath.Join(path, "consistency.txt"), func(words []string) error {
		older, newer, proof, err := two(words)
		if err != nil {
			return err
		}
		return tlog.CheckTree(proof, newer, roots[newer], older, roots[older])
	})
	if err != nil {
		return err
	}

	// Proofs that Go makes from the tiles must be the very ones that were written.
	_, err = lines(filepath.Join(path, "inclusion.txt"), func(words []string) error {
		index, n, proof, err := two(words)
		if err != nil || n != size {
			return err
		}
		ours, err := tlog.ProveRecord(size, index, fromTiles)
		if err != nil {
			return err
		}
		if fmt.Sprint(ours) != fmt.Sprint(tlog.RecordProof(proof)) {
			return errors.New("Go makes another proof from the tiles")
		}
		return nil
	})
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(path, "*.tlog-proof"))
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := checkProofFile(file, verifiers, entries); err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(file), err)
		}
	}
	fmt.Printf("go: %d entries, %d roots, %d inclusion proofs, %d consistency proofs, %d proof files\n",
		len(entries), rootCount, inclusionCount, consistencyCount, len(files))
	return nil
}

func checkProofFile(path string, verifiers note.Verifiers, entries [][]byte) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	parts := bytes.SplitN(data, []byte("\n\n"), 2)
	if len(parts) != 2 {
		return errors.New("no blank line")
	}
	head := strings.Split(string(parts[0]), "\n")
	if head[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(head[1], "index ") {
		return errors.New("bad head")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(head[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(head[2:])
	if err != nil {
		return err
	}
	signed, err := openCheckpoint(parts[1], verifiers)
	if err != nil {
		return err
	}
	return tlog.CheckRecord(proof, signed.tree.N, signed.tree.Hash, index, tlog.RecordHash(entries[index]))
}

func rootOf(size int64, tree tlog.HashReader) (tlog.Hash, error) {
	if size == 0 {
		// Older releases of the package have no hash for a tree without leaves.
		return tlog.ParseHash("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
	}
	return tlog.TreeHash(size, tree)
}

func bundlePath(index, size int64) string {
	t := tlog.Tile{H: tileHeight, L: -1, N: index, W: 256}
	if rest := size - index*256; rest < 256 {
		t.W = int(rest)
	}
	return strings.Replace(tilePath(t), "tile/data/", "tile/entries/", 1)
}

func readEntries(path string, size int64) ([][]byte, error) {
	var entries [][]byte
	for index := int64(0); index*256 < size; index++ {
		data, err := os.ReadFile(filepath.Join(path, bundlePath(index, size)))
		if err != nil {
			return nil, err
		}
		for len(data) > 0 {
			if len(data) < 2 {
				return nil, errors.New("a bundle ends early")
			}
			length := int(data[0])<<8 | int(data[1])
			if len(data) < 2+length {
				return nil, errors.New("a bundle ends early")
			}
			entries = append(entries, data[2:2+length])
			data = data[2+length:]
		}
	}
	if int64(len(entries)) != size {
		return nil, fmt.Errorf("%d entries and a checkpoint over %d", len(entries), size)
	}
	return entries, nil
}

func write(path, name string, data []byte) error {
	file := filepath.Join(path, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

func create(path string) error {
	const size = 65537
	const small = 1030
	secret, public, err := note.GenerateKey(rand.Reader, "go.example/log")
	if err != nil {
		return err
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		return err
	}
	tree := &memory{}
	var bundle []byte
	for n := int64(0); n < size; n++ {
		entry := []byte(fmt.Sprintf("go entry %d", n))
		if err := tree.add(n, entry); err != nil {
			return err
		}
		bundle = append(append(bundle, byte(len(entry)>>8), byte(len(entry))), entry...)
		if n%256 == 255 || n == size-1 {
			if err := write(path, bundlePath(n/256, size), bundle); err != nil {
				return err
			}
			bundle = nil
		}
	}
	for _, t := range tlog.NewTiles(tileHeight, 0, size) {
		data, err := tlog.ReadTileData(t, tree)
		if err != nil {
			return err
		}
		if err := write(path, tilePath(t), data); err != nil {
			return err
		}
	}
	root, err := rootOf(size, tree)
	if err != nil {
		return err
	}
	message, err := note.Sign(&note.Note{Text: fmt.Sprintf("go.example/log\n%d\n%v\n", size, root)}, signer)
	if err != nil {
		return err
	}
	if err := write(path, "checkpoint", message); err != nil {
		return err
	}
	if err := write(path, "log.vkey", []byte(public+"\n")); err != nil {
		return err
	}

	var roots, inclusion, consistency bytes.Buffer
	line := func(out *bytes.Buffer, first, second int64, proof []tlog.Hash) {
		fmt.Fprintf(out, "%d %d", first, second)
		for _, hash := range proof {
			fmt.Fprintf(out, " %s", base64.StdEncoding.EncodeToString(hash[:]))
		}
		fmt.Fprintln(out)
	}
	var sizes []int64
	for n := int64(0); n <= small; n++ {
		sizes = append(sizes, n)
	}
	for _, n := range append(sizes, size-1, size) {
		root, err := rootOf(n, tree)
		if err != nil {
			return err
		}
		fmt.Fprintf(&roots, "%d %v\n", n, root)
		if n == 0 {
			continue
		}
		telling := map[int64]bool{}
		for _, index := range []int64{0, 1, n / 3, n / 2, n - 2, n - 1, 255, 256, 257, 65535, 65536} {
			if index < 0 || index >= n || telling[index] {
				continue
			}
			telling[index] = true
			proof, err := tlog.ProveRecord(n, index, tree)
			if err != nil {
				return err
			}
			line(&inclusion, index, n, proof)
			older, err := tlog.ProveTree(n, index+1, tree)
			if err != nil {
				return err
			}
			line(&consistency, index+1, n, older)
		}
	}
	for name, data := range map[string]*bytes.Buffer{"roots.txt": &roots, "inclusion.txt": &inclusion, "consistency.txt": &consistency} {
		if err := write(path, name, data.Bytes()); err != nil {
			return err
		}
	}
	fmt.Printf("go: made a log of %d entries\n", size)
	return nil
}
